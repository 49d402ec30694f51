package io.exai.persistence.bench;

import com.sun.management.OperatingSystemMXBean;
import com.typesafe.config.ConfigFactory;
import io.exai.persistence.PersistenceSettings;
import io.exai.persistence.journal.Journals;
import io.exai.persistence.postgres.PostgresProcess;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;

/**
 * How many events a second the journal takes, and how much of our processors each costs, as one table. Arguments: seconds a row (default 10), then the back ends
 * (default h2 postgres). System properties override Pekko's settings, for example {@code -Djdbc-journal.parallelism=8}.
 */
public final class JournalBench {
    private static final OperatingSystemMXBean CPU = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private static final List<Integer> ENTITIES = List.of(1, 32, 256);

    private JournalBench() {}

    public static void main(String[] arguments) throws Exception {
        var seconds = arguments.length == 0 ? 10 : Integer.parseInt(arguments[0]);
        var journals = arguments.length < 2
                ? List.of("h2", "postgres")
                : List.of(arguments).subList(1, arguments.length);
        System.out.println("| journal | entities | events/s | p50 ms | p99 ms | max ms | cpu us |");
        System.out.println("|---|---|---|---|---|---|---|");
        for (var journal : journals) {
            if (journal.equals("h2")) {
                measure(Journals.h2(Files.createTempDirectory("journal-bench")), seconds);
            } else {
                measurePostgres(seconds);
            }
        }
        System.exit(0);
    }

    private static void measurePostgres(int seconds) throws Exception {
        var started = PostgresProcess.start();
        if (started.isEmpty()) {
            System.out.println("postgres: not measured, no programs (initdb, pg_ctl) on this machine");
            return;
        }
        try (var server = started.get()) {
            measure(Journals.postgres(server.newDatabase()), seconds);
        }
    }

    private static void measure(PersistenceSettings settings, int seconds) throws Exception {
        var system = Journals.start(settings, ConfigFactory.systemProperties());
        for (var entities : ENTITIES) {
            var load = Load.start(system, "n" + entities + "-", entities, 0);
            Thread.sleep(3000);
            load.measure(true);
            var before = load.persisted();
            var since = System.nanoTime();
            var cpu = CPU.getProcessCpuTime();
            Thread.sleep(seconds * 1000L);
            var events = load.persisted() - before;
            var rate = events * 1e9 / (System.nanoTime() - since);
            var cpuEach = (CPU.getProcessCpuTime() - cpu) / 1000 / Math.max(1, events);
            load.stop();
            var latencies = load.latencies();
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %d | %.0f | %.2f | %.2f | %.0f | %d |%n",
                    settings.journal(),
                    entities,
                    rate,
                    latencies.percentile(0.5),
                    latencies.percentile(0.99),
                    latencies.percentile(1),
                    cpuEach);
            Thread.sleep(500);
        }
        Journals.stop(system);
    }
}
