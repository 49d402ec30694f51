package io.exai.persistence.bench;

import com.sun.management.OperatingSystemMXBean;
import io.exai.persistence.PersistenceSettings;
import io.exai.persistence.database.Database;
import io.exai.persistence.h2.H2File;
import io.exai.persistence.h2.H2Housekeeper;
import io.exai.persistence.journal.Journals;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;

/**
 * The size of the H2 file while 64 entities write and after a clean stop, without and with housekeeping. Arguments:
 * events (default 200000), events between snapshots (default 500, 0 for none and no deletions).
 */
public final class FileGrowth {
    private static final int ENTITIES = 64;
    private static final OperatingSystemMXBean CPU = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private FileGrowth() {}

    public static void main(String[] arguments) throws Exception {
        var events = arguments.length < 1 ? 200_000 : Integer.parseInt(arguments[0]);
        var snapshotEvery = arguments.length < 2 ? 500 : Integer.parseInt(arguments[1]);
        for (var housekeeping : new boolean[] {false, true}) {
            System.out.println(housekeeping ? "\nwith housekeeping" : "without housekeeping");
            System.out.println("| s | events | events/s | file MB | p50 ms | p99 ms | max ms |");
            System.out.println("|---|---|---|---|---|---|---|");
            var settings = Journals.h2(Files.createTempDirectory("file-growth"));
            run(settings, events, snapshotEvery, housekeeping);
        }
        System.exit(0);
    }

    private static void run(PersistenceSettings settings, int events, int snapshotEvery, boolean housekeeping)
            throws Exception {
        var file = H2File.open(Path.of(settings.dataDir()), settings.h2());
        var system = Journals.start(settings);
        if (housekeeping) {
            keepHouse(system, settings);
        }
        var load = Load.start(system, "growth-", ENTITIES, snapshotEvery);
        load.measure(true);
        var since = System.nanoTime();
        for (long before = 0, now = 0; now < events; before = now) {
            Thread.sleep(2000);
            now = load.persisted();
            print(
                    (System.nanoTime() - since) / 1e9,
                    now,
                    (now - before) / 2,
                    Files.size(file.path()),
                    load.latencies());
        }
        load.stop();
        Thread.sleep(2000);
        var cpu = CPU.getProcessCpuTime();
        Thread.sleep(2000);
        var busy = (CPU.getProcessCpuTime() - cpu) / 20_000_000;
        System.out.println("at rest: " + megabytes(Files.size(file.path())) + " MB, " + busy + " % of a processor");
        stop(system, file);
    }

    private static void keepHouse(ActorSystem<?> system, PersistenceSettings settings) {
        var housekeeper = H2Housekeeper.create(Database.of(system), settings.h2());
        system.systemActorOf(
                housekeeper, "housekeeper", DispatcherSelector.fromConfig("exai.persistence.blocking-dispatcher"));
    }

    private static void print(double seconds, long events, long rate, long size, LatencyRecord latencies) {
        System.out.printf(
                Locale.ROOT,
                "| %.0f | %d | %d | %d | %.1f | %.1f | %.0f |%n",
                seconds,
                events,
                rate,
                megabytes(size),
                latencies.percentile(0.5),
                latencies.percentile(0.99),
                latencies.percentile(1));
        latencies.clear();
    }

    private static void stop(ActorSystem<?> system, H2File file) throws Exception {
        Journals.stop(system);
        System.out.println("closed: " + megabytes(Files.size(file.path())) + " MB");
        var since = System.nanoTime();
        var done = file.compactAndClose();
        System.out.println("compacted: " + done + ", " + megabytes(Files.size(file.path())) + " MB in "
                + (System.nanoTime() - since) / 1_000_000 + " ms");
    }

    private static long megabytes(long bytes) {
        return bytes >> 20;
    }
}
