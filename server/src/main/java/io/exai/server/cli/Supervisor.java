package io.exai.server.cli;

import io.exai.persistence.journal.JournalProfile;
import io.exai.persistence.obituary.Obituaries;
import io.exai.server.Daemon;
import io.exai.server.setting.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the daemon as a child process: passes the signal to stop on, starts it again when it dies, and knows of its death
 * at once, which it tells the other nodes of its cluster.
 */
final class Supervisor {
    /** Option of the child. */
    static final String ANNOUNCE = "--announce";

    private static final String SUPERVISED = "--supervised";
    private static final Logger LOG = LoggerFactory.getLogger(Daemon.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    /** A child that ran for so long is started again at once. */
    private static final Duration WELL = Duration.ofSeconds(10);

    private static final Duration STOP = Duration.ofSeconds(60);

    private final List<String> arguments;
    private final @Nullable Obituaries obituaries;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile @Nullable Child child;

    private Supervisor(List<String> arguments, @Nullable Obituaries obituaries) {
        this.arguments = arguments;
        this.obituaries = obituaries;
    }

    /** {@code arguments} are those of our own command line. */
    static Supervisor of(Settings settings, List<String> arguments) {
        List<String> theirs = new ArrayList<>(arguments);
        theirs.removeIf(SUPERVISED::equals);
        theirs.add(ANNOUNCE);
        return new Supervisor(
                theirs,
                settings.cluster().isLocal()
                        ? null
                        : new Obituaries(new JournalProfile(settings.persistence()).address()::connect));
    }

    /** What a child does for its supervisor: says who it is, and ends when nobody is there any more. */
    static void announce(String member, PrintWriter out) {
        out.println(Child.MEMBER + member);
        out.flush();
        Thread watch = new Thread(
                () -> {
                    try {
                        while (System.in.read() >= 0) {
                            // nothing is ever said
                        }
                    } catch (IOException gone) {
                        LOG.debug("the supervisor's pipe broke", gone);
                    }
                    System.exit(0);
                },
                "exai-supervisor-watch");
        watch.setDaemon(true);
        watch.start();
    }

    /** Returns the exit status, when the child has ended as it was told to or cannot be started. */
    int run() throws Exception {
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "exai-stop"));
        warmUp();
        Duration pause = FIRST_PAUSE;
        while (true) {
            long begin = System.nanoTime();
            Child running = Child.start(arguments);
            child = running;
            int status = running.await();
            if (isOver(running, status)) {
                return status;
            }
            LOG.error("the daemon died with status {}; it is started again", status);
            bury(running);
            boolean wasWell = Duration.ofNanos(System.nanoTime() - begin).compareTo(WELL) > 0;
            pause = wasWell ? FIRST_PAUSE : pause.multipliedBy(2);
            pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
            if (stopping.await(wasWell ? 0 : pause.toMillis(), TimeUnit.MILLISECONDS)) {
                return status;
            }
        }
    }

    private boolean isOver(Child ended, int status) {
        return stopping.getCount() == 0 || status == 0 || (ended.member().isEmpty() && status == ExaiCommand.EX_CONFIG);
    }

    /** So that the first obituary is as fast as any. */
    private void warmUp() {
        try {
            if (obituaries != null) {
                obituaries.check();
            }
        } catch (SQLException away) {
            LOG.warn("the database does not answer yet: {}", away.getMessage());
        }
    }

    private void bury(Child dead) {
        try {
            if (obituaries != null && dead.member().isPresent()) {
                obituaries.publish(dead.member().get());
            }
        } catch (SQLException away) {
            LOG.warn("could not tell the cluster, which finds out later: {}", away.getMessage());
        }
    }

    private void stop() {
        stopping.countDown();
        Child running = child;
        int status = running == null ? 0 : running.stop(STOP);
        Runtime.getRuntime().halt(status);
    }
}
