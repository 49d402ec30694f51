package io.exai.server.bench.resilience;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lets nodes, network and database of a cluster fail under load, and prints one line a scenario. */
@Command(
        name = "resilience",
        sortOptions = false,
        description = "Lets parts of a cluster of three fail under load and prints what clients felt.",
        footer = {"", "Exit status: 0 nothing lost, 1 something lost, twice or run again unsaid, 2 a wrong option."})
public final class Resilience implements Callable<Integer> {
    private enum Scenario {
        KILL,
        SUPERVISED,
        PARTITION,
        DATABASE,
        ROLLING
    }

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    @SuppressWarnings("UnusedVariable") // read by picocli
    private boolean help;

    @Option(names = "--only", split = ",", description = "Scenarios: ${COMPLETION-CANDIDATES} (default: all).")
    private List<Scenario> scenarios = List.of(Scenario.values());

    @Option(names = "--sessions", description = "Clients at once (default: ${DEFAULT-VALUE}).")
    private int sessions = 300;

    @Option(names = "--calls", description = "Calls each keeps in flight, 1 to 8 (default: ${DEFAULT-VALUE}).")
    private int calls = 8;

    @Option(names = "--seconds", description = "How long each scenario lasts (default: ${DEFAULT-VALUE}).")
    private int seconds = 180;

    @Option(names = "--every", description = "Seconds between two faults (default: ${DEFAULT-VALUE}).")
    private int every = 20;

    @Option(names = "--down", description = "Seconds that a killed node stays down (default: ${DEFAULT-VALUE}).")
    private int down = 8;

    @Option(names = "--seed", description = "Seed of the generator that chooses victims (default: ${DEFAULT-VALUE}).")
    private long seed = 20261120;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Resilience())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        List<String> rows = new ArrayList<>();
        boolean clean = true;
        for (Scenario scenario : scenarios) {
            System.err.println("== " + scenario);
            Toll toll = run(scenario);
            clean &= toll.isClean();
            toll.failed().forEach((why, count) -> System.err.println(count + " x " + why));
            rows.add(toll.row(scenario.name().toLowerCase(Locale.ROOT)));
            System.err.println(rows.get(rows.size() - 1));
        }
        System.out.println(Toll.head());
        rows.forEach(System.out::println);
        return clean ? 0 : 1;
    }

    private Toll run(Scenario scenario) throws Exception {
        Arena.Wanted wanted = new Arena.Wanted(
                scenario == Scenario.SUPERVISED,
                Map.of("EXAI_WS_GLOBAL_MAX_INFLIGHT", "4000"),
                List.of(
                        "-D", "exai.quota.max-waiting=100000",
                        "-D", "exai.providers.custom.max-in-flight=10000"),
                List.of("--latency", "200ms", "--log-limit", "1000000"));
        try (Arena arena = new Arena(wanted)) {
            boolean gentle = scenario == Scenario.ROLLING;
            Survivor.Manner manner = new Survivor.Manner(
                    arena.port(), gentle ? 1 : calls, gentle ? 800 : 0, "{\"prompt\":\"%s\"}", 60_000);
            Crowd crowd = Crowd.of("client", gentle ? 100 : sessions, manner);
            Thread.sleep(5_000);
            List<Long> faults = faults(scenario, arena);
            crowd.finish();
            System.err.println("   connections ended: " + crowd.reasons());
            return Toll.of(crowd, faults, arena.sandbox().visits());
        }
    }

    private List<Long> faults(Scenario scenario, Arena arena) throws Exception {
        List<Long> faults = new ArrayList<>();
        Random random = new Random(seed);
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        int rounds = 0;
        while (System.nanoTime() < end && (scenario != Scenario.ROLLING || rounds < Arena.NODES)) {
            long begin = System.nanoTime();
            int victim = scenario == Scenario.ROLLING ? rounds : random.nextInt(Arena.NODES);
            rounds++;
            faults.add(begin);
            System.err.println("   fault at node " + victim);
            fault(scenario, arena, victim);
            arena.awaitReady(victim);
            System.err.println("   ready after " + (System.nanoTime() - begin) / 1_000_000 + " ms");
            Thread.sleep(Math.max(0, every * 1_000L - (System.nanoTime() - begin) / 1_000_000));
        }
        return faults;
    }

    private void fault(Scenario scenario, Arena arena, int victim) throws Exception {
        switch (scenario) {
            case KILL -> {
                arena.kill(victim);
                Thread.sleep(down * 1_000L);
                arena.start(victim);
            }
            case SUPERVISED -> {
                arena.kill(victim);
                Thread.sleep(1_000);
            }
            case PARTITION -> {
                arena.network().cutOff(victim);
                Thread.sleep(down * 1_000L);
                arena.awaitEnd(victim);
                arena.network().heal();
                arena.start(victim);
            }
            case DATABASE -> {
                arena.postgres().down();
                Thread.sleep(15_000);
                arena.postgres().up();
            }
            case ROLLING -> {
                int status = arena.stop(victim);
                if (status != 0) {
                    System.err.println("   node " + victim + " ended with status " + status);
                }
                arena.start(victim);
            }
        }
    }
}
