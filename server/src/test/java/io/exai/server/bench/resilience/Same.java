package io.exai.server.bench.resilience;

import io.exai.server.e2e.SandboxProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A thousand equal calls run once, twice at most when the node that runs them dies. */
final class Same implements Trial {
    private static final int SESSIONS = 100;
    private static final int EACH = 10;
    private static final Duration LIMIT = Duration.ofSeconds(120);
    private static final String HEAD = Findings.head(
            "equal calls", "sessions", "requests upstream", "answered", "lost", "errors", "marks", "longest ms");

    @Override
    public Findings run(Plan plan) throws Exception {
        Arena.Wanted wanted = Arena.Wanted.of(
                        Map.of(), List.of("-D", "exai.session.max-in-flight=" + EACH), List.of("--latency", "6s"))
                .withSandboxForEach();
        try (Arena arena = new Arena(wanted)) {
            List<String> rows = new ArrayList<>();
            boolean calm = round(arena, "calm", false, rows);
            boolean killed = round(arena, "node killed", true, rows);
            return new Findings(HEAD, rows, calm && killed);
        }
    }

    private static boolean round(Arena arena, String name, boolean kill, List<String> rows) throws Exception {
        String prompt = "the same, " + name;
        Survivor.Question question = new Survivor.Question("llama3.2", prompt);
        Crowd crowd = Crowd.of("same", SESSIONS, new Survivor.Manner(arena.port(), EACH, 0, List.of(question), EACH));
        if (kill) {
            int node = whoRuns(arena, prompt);
            Thread.sleep(3_000);
            System.err.println("   node " + node + " runs it and is killed");
            arena.kill(node);
        }
        crowd.await(LIMIT);
        crowd.finish();
        int upstream = visits(arena, prompt);
        Map<String, Integer> marks = marks(crowd);
        crowd.failures().forEach((why, count) -> System.err.println(count + " x " + why));
        int failed =
                crowd.failures().values().stream().mapToInt(Integer::intValue).sum();
        rows.add(Findings.row(
                name, SESSIONS, upstream, crowd.answered(), crowd.lost(), failed, marks, longest(crowd) / 1_000_000));
        return upstream >= 1
                && upstream <= (kill ? 2 : 1)
                && crowd.answered() == SESSIONS * EACH
                && marks.getOrDefault("none", 0) <= upstream
                && failed == 0;
    }

    private static int whoRuns(Arena arena, String prompt) throws Exception {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (System.nanoTime() < end) {
            for (int node = 0; node < Arena.NODES; node++) {
                if (!arena.sandbox(node).visits(prompt).isEmpty()) {
                    return node;
                }
            }
            Thread.sleep(20);
        }
        throw new IOException("no sandbox was asked: " + prompt);
    }

    private static int visits(Arena arena, String prompt) throws Exception {
        int visits = 0;
        for (int node = 0; node < Arena.NODES; node++) {
            List<SandboxProcess.Visit> here = arena.sandbox(node).visits(prompt);
            here.forEach(visit -> System.err.println("   upstream: " + visit));
            visits += here.size();
        }
        return visits;
    }

    /** Where answers came from, by their own account. */
    private static Map<String, Integer> marks(Crowd crowd) {
        Map<String, Integer> marks = new TreeMap<>();
        crowd.survivors()
                .forEach(survivor ->
                        survivor.diary().marks().forEach((mark, count) -> marks.merge(mark, count, Integer::sum)));
        return marks;
    }

    private static long longest(Crowd crowd) {
        return crowd.survivors().stream()
                .flatMap(survivor -> survivor.diary().times().stream())
                .mapToLong(Long::longValue)
                .max()
                .orElse(0);
    }
}
