package io.exai.server.bench.resilience;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lets nodes, network and database of a cluster fail under load, and prints what that came to. */
@Command(
        name = "resilience",
        sortOptions = false,
        description = "Lets parts of a cluster of three fail under load and prints what clients felt.",
        footer = {
            "",
            "Exit status: 0 all aims reached, nothing lost, 1 an aim missed or something lost, 2 a wrong option."
        })
public final class Resilience implements Callable<Integer> {
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

    @Option(names = "--window", description = "Seconds of one measurement of speed (default: ${DEFAULT-VALUE}).")
    private int window = 10;

    @Option(names = "--seed", description = "Seed of the generator that chooses victims (default: ${DEFAULT-VALUE}).")
    private long seed = 20261120;

    @Option(
            names = {"-D", "--set"},
            paramLabel = "KEY=VALUE",
            description = "A setting of every node while nodes, network or database fail; repeatable.")
    private List<String> settings = List.of();

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Resilience())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        Plan plan = new Plan(
                sessions,
                calls,
                Duration.ofSeconds(seconds),
                Duration.ofSeconds(every),
                Duration.ofSeconds(down),
                Duration.ofSeconds(window),
                seed,
                settings);
        Map<String, List<String>> tables = new LinkedHashMap<>();
        boolean reached = true;
        for (Scenario scenario : scenarios) {
            System.err.println("== " + scenario);
            Findings findings = scenario.trial().run(plan);
            reached &= findings.reached();
            findings.rows().forEach(System.err::println);
            System.err.println(findings.reached() ? "   reached its aim" : "   MISSED its aim");
            tables.computeIfAbsent(findings.head(), head -> new ArrayList<>()).addAll(findings.rows());
        }
        tables.forEach((head, rows) -> System.out.println(head + "\n" + String.join("\n", rows) + "\n"));
        return reached ? 0 : 1;
    }
}
