package io.exai.server.cli;

import io.exai.persistence.PersistenceSettings;
import io.exai.persistence.journal.JournalProfile;
import io.exai.server.Daemon;
import io.exai.server.Version;
import io.exai.server.setting.Settings;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs the daemon until it is told to stop. */
@Command(name = "serve", description = "Start the daemon.")
final class ServeCommand implements Callable<Integer> {
    private static final long STOP_SECONDS = 30;

    @Mixin
    private ConfigOptions config;

    @Option(names = "--port", description = "Port to listen on (default: exai.http.port, 8079).")
    private @Nullable Integer port;

    @Option(names = "--data-dir", paramLabel = "DIR", description = "Folder of the journal (default: ./data).")
    private @Nullable Path dataDir;

    @Option(
            names = "--conformance",
            description = "Have the fixtures of the MCP conformance suite instead of tools, prompts and resources.")
    private boolean conformance;

    @Override
    public Integer call() throws Exception {
        long begin = System.nanoTime();
        Settings settings = config.load(port, dataDir);
        Logging.configure(settings.log());
        Logger log = LoggerFactory.getLogger(Daemon.class);
        log.info("exai {} starting, journal {}", Version.text(), where(settings.persistence()));
        Storage storage = Storage.open(settings.persistence(), Clock.systemUTC());
        Daemon daemon;
        try {
            daemon = Daemon.start(settings, Clock.systemUTC(), conformance)
                    .toCompletableFuture()
                    .get();
        } catch (Exception failed) {
            storage.close();
            throw failed;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(daemon, storage, log), "exai-stop"));
        log.info(
                "ready on http://{}:{} after {} ms",
                settings.http().host(),
                daemon.port(),
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
        return ExaiCommand.STILL_RUNNING;
    }

    private static void stop(Daemon daemon, Storage storage, Logger log) {
        try {
            log.info("stopping");
            daemon.stop().toCompletableFuture().get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (Exception late) {
            log.warn("not everything stopped in time: {}", Failures.line(late));
            storage.close();
            return;
        }
        storage.compactAndClose();
        log.info("stopped");
    }

    private static String where(PersistenceSettings persistence) {
        return persistence.journal().equals("h2")
                ? "h2 in " + Path.of(persistence.dataDir()).toAbsolutePath().normalize()
                : persistence.journal() + " at "
                        + new JournalProfile(persistence).address().url().replaceAll("\\?.*", "");
    }
}
