package io.exai.server.cli;

import io.exai.persistence.PersistenceSettings;
import io.exai.persistence.journal.JournalProfile;
import io.exai.server.Daemon;
import io.exai.server.Membership;
import io.exai.server.Version;
import io.exai.server.setting.Settings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the daemon until it is told to stop. */
@Command(name = "serve", description = "Start the daemon.")
final class ServeCommand implements Callable<Integer> {
    /** Exit status of a daemon that its cluster went on without: to be started again. */
    private static final int EX_TEMPFAIL = 75;

    /** Exit status of a daemon that did not stop in time. */
    private static final int EX_SOFTWARE = 70;

    private static final long STOP_SECONDS = 45;

    @Mixin
    private ConfigOptions config;

    @Option(names = "--port", description = "Port to listen on (default: exai.http.port, 8079).")
    private @Nullable Integer port;

    @Option(names = "--data-dir", paramLabel = "DIR", description = "Folder of the journal (default: ./data).")
    private @Nullable Path dataDir;

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            description = "local: alone; cluster: with other nodes (default: exai.cluster.profile, local).")
    private @Nullable String profile;

    @Option(
            names = "--conformance",
            description = "Have the fixtures of the MCP conformance suite instead of tools, prompts and resources.")
    private boolean conformance;

    @Option(
            names = "--supervised",
            description = "Start the daemon in a process of its own, again when it dies, and tell its cluster at once.")
    private boolean supervised;

    @Option(names = Supervisor.ANNOUNCE, hidden = true, description = "Tell the parent process who we are.")
    private boolean announce;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        long begin = System.nanoTime();
        Settings settings = config.with("exai.http.port", port)
                .with("exai.persistence.data-dir", dataDir)
                .with("exai.cluster.profile", profile)
                .load();
        Logging.configure(settings.log());
        Logger log = LoggerFactory.getLogger(Daemon.class);
        if (supervised) {
            return Supervisor.of(
                            settings, spec.root().commandLine().getParseResult().originalArgs())
                    .run();
        }
        Membership membership = Membership.of(settings);
        log.info("exai {} starting, journal {}", Version.text(), where(settings.persistence()));
        Storage storage = Storage.open(settings.persistence(), Clock.systemUTC());
        Daemon daemon;
        try {
            daemon = Daemon.start(settings, membership, Clock.systemUTC(), conformance)
                    .toCompletableFuture()
                    .get();
        } catch (Exception failed) {
            storage.close();
            throw failed;
        }
        endWith(daemon, storage, log);
        if (announce) {
            Supervisor.announce(daemon.member(), spec.commandLine().getOut());
        }
        log.info(
                "ready on http://{}:{} after {} ms",
                settings.http().host(),
                daemon.port(),
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
        return ExaiCommand.STILL_RUNNING;
    }

    /** The process ends with the daemon, and the daemon with the process; neither waits for the other for ever. */
    private static void endWith(Daemon daemon, Storage storage, Logger log) {
        AtomicInteger status = new AtomicInteger();
        AtomicBoolean ending = new AtomicBoolean();
        daemon.atExit(() -> {
            ending.set(true);
            stop(daemon, storage, status.get(), log);
        });
        Watchdog watchdog = new Watchdog(Duration.ofSeconds(STOP_SECONDS), EX_SOFTWARE);
        daemon.stopping().thenRun(watchdog::start);
        daemon.stopped().thenRun(() -> {
            watchdog.release();
            if (!ending.get()) {
                log.error("stopped without being told to: the cluster went on without this node, or was not found");
                status.set(EX_TEMPFAIL);
                new Thread(() -> System.exit(EX_TEMPFAIL), "exai-exit").start();
            }
        });
    }

    /** Runs while the process ends; that it was told to is no failure. */
    private static void stop(Daemon daemon, Storage storage, int status, Logger log) {
        try {
            log.info("stopping");
            daemon.stop().toCompletableFuture().get(STOP_SECONDS, TimeUnit.SECONDS);
            storage.compactAndClose();
            log.info("stopped");
        } catch (Exception late) {
            log.warn("not everything stopped in time: {}", Failures.line(late));
            storage.close();
        }
        Runtime.getRuntime().halt(status);
    }

    private static String where(PersistenceSettings persistence) {
        return persistence.journal().equals("h2")
                ? "h2 in " + Path.of(persistence.dataDir()).toAbsolutePath().normalize()
                : persistence.journal() + " at "
                        + new JournalProfile(persistence).address().url().replaceAll("\\?.*", "");
    }
}
