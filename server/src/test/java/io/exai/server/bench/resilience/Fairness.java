package io.exai.server.bench.resilience;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One session floods a vendor; three others, one through each node, keep a single call each: how long do those wait? */
final class Fairness implements Trial {
    private static final int FLOOD = 100;
    private static final int ROUNDS = 3;
    private static final int LATENCY = 200;

    /** Two call times, in milliseconds. */
    private static final long AIM = 2 * LATENCY;

    private static final String HEAD =
            Findings.head("round", "session", "calls", "median wait ms", "p95 wait ms", "longest wait ms", "errors");

    @Override
    public Findings run(Plan plan) throws Exception {
        Arena.Wanted wanted = Arena.Wanted.of(
                Map.of(), List.of("-D", "exai.session.max-in-flight=" + FLOOD), List.of("--latency", LATENCY + "ms"));
        try (Arena arena = new Arena(wanted)) {
            List<String> rows = new ArrayList<>();
            boolean fair = true;
            round(arena, 0, plan.duration().toMillis() / ROUNDS, new ArrayList<>()); // for compilers and caches
            for (int round = 1; round <= ROUNDS; round++) {
                fair &= round(arena, round, plan.duration().toMillis() / ROUNDS, rows);
            }
            return new Findings(HEAD, rows, fair);
        }
    }

    private static boolean round(Arena arena, int round, long millis, List<String> rows) throws Exception {
        Crowd flood = crowd(arena, round, round % Arena.NODES, FLOOD);
        Thread.sleep(5_000);
        List<Crowd> singles = new ArrayList<>();
        for (int node = 0; node < Arena.NODES; node++) {
            singles.add(crowd(arena, round, node, 1));
        }
        Thread.sleep(millis);
        boolean fair = true;
        for (int node = 0; node < Arena.NODES; node++) {
            singles.get(node).finish();
            fair &= judge(round, "single, through node " + node, singles.get(node), rows);
        }
        flood.finish();
        judge(round, "flood of " + FLOOD + ", through node " + round % Arena.NODES, flood, rows);
        return fair;
    }

    private static Crowd crowd(Arena arena, int round, int node, int calls) {
        String name = "r" + round + "n" + node + "c" + calls + "-";
        return Crowd.of(name, 1, Survivor.Manner.of(arena.port(node), calls, "kimi-latest"));
    }

    /** What is beyond the time that the call itself takes. */
    private static boolean judge(int round, String name, Crowd crowd, List<String> rows) {
        Diary diary = crowd.survivors().get(0).diary();
        Sample waits = Sample.of(
                diary.times().stream().map(nanos -> nanos / 1_000_000 - LATENCY).toList());
        crowd.failures().forEach((why, count) -> System.err.println(count + " x " + why));
        int failed = diary.failures().size();
        rows.add(Findings.row(
                round, name, waits.size(), waits.percentile(0.5), waits.percentile(0.95), waits.percentile(1), failed));
        return waits.size() > 0 && waits.percentile(0.95) <= AIM && failed == 0;
    }
}
