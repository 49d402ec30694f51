package io.exai.server.bench;

import io.exai.server.bench.process.Placement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The benchmark: measures each figure beside its yardstick and prints one table. */
@Command(
        name = "bench",
        sortOptions = false,
        description = "Measures the daemon against its aims and prints a Markdown table.",
        footer = {"", "Exit status: 0 all aims reached, 1 an aim missed or a part failed, 2 a wrong option."})
public final class Bench implements Callable<Integer> {
    private enum Part {
        RATE,
        JOURNAL,
        IDLE,
        START,
        FILE,
        VENDOR;

        Section section() {
            return switch (this) {
                case RATE -> new SocketRate();
                case JOURNAL -> new JournalRate();
                case IDLE -> new IdleHeap();
                case START -> new StartUp();
                case FILE -> new FileSize();
                case VENDOR -> new VendorTime();
            };
        }
    }

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    @SuppressWarnings("UnusedVariable") // read by picocli
    private boolean help;

    @Option(names = "--quick", description = "Few and short rounds, to see that it works; the figures are rough.")
    private boolean quick;

    @Option(names = "--rounds", description = "Turns of yardstick and daemon (default: 5, with --quick 1).")
    private int rounds;

    @Option(names = "--free", description = "Pin nothing. Without: servers on processor 0, generator on 1.")
    private boolean free;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "PART",
            description = "Parts to run: ${COMPLETION-CANDIDATES} (default: all).")
    private List<Part> parts = List.of(Part.values());

    @Option(names = "--jar", paramLabel = "FILE", description = "The daemon (default: ${DEFAULT-VALUE}).")
    private Path jar = Path.of("server", "target", "exai.jar");

    public static void main(String[] arguments) {
        Locale.setDefault(Locale.ROOT);
        System.exit(new CommandLine(new Bench())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments));
    }

    @Override
    public Integer call() {
        if (!Files.isReadable(jar)) {
            System.err.println("--jar: " + jar + " (expected: the built jar)");
            return CommandLine.ExitCode.USAGE;
        }
        var pinned = !free && Placement.isPossible();
        var usual = quick ? Plan.quick(jar, pinned) : Plan.full(jar, pinned);
        var plan = rounds > 0 ? usual.withRounds(rounds) : usual;
        var rows = new ArrayList<Row>();
        parts.forEach(part -> rows.addAll(measure(part, plan)));
        print(plan, rows);
        return rows.stream().anyMatch(row -> row.verdict() == Verdict.MISSED) ? 1 : 0;
    }

    private static List<Row> measure(Part part, Plan plan) {
        var name = part.name().toLowerCase(Locale.ROOT);
        Progress.say("%s", name);
        try {
            return part.section().measure(plan);
        } catch (Exception failure) {
            Progress.say("%s: %s", name, failure);
            return List.of(Row.without(name, "failed: " + firstLine(failure), Verdict.MISSED));
        }
    }

    private static void print(Plan plan, List<Row> rows) {
        System.out.printf(
                "Java %s on %d processors, %s; %d rounds of %d s%n%n%s",
                Runtime.version(),
                Runtime.getRuntime().availableProcessors(),
                plan.pinned() ? "servers on 0, generator on 1" : "nothing pinned",
                plan.rounds(),
                plan.seconds(),
                Row.HEAD);
        rows.forEach(System.out::println);
    }

    private static String firstLine(Exception failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    }
}
