package io.exai.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Calls survive the death of the daemon: each ends exactly once, and none runs again unnoticed. */
@Timeout(180)
class KillIT {
    private static final int CALLERS = 25;
    private static final int EACH = 8;
    private static final int CALLS = CALLERS * EACH;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path data;

    private SandboxProcess sandbox;
    private DaemonProcess daemon;

    @BeforeEach
    void startBoth() throws Exception {
        sandbox = SandboxProcess.start("--latency", "1500ms");
        daemon = DaemonProcess.start(
                data, Map.of("CUSTOM_API_URL", sandbox.url(), "EXAI_WS_GLOBAL_MAX_INFLIGHT", "400"));
    }

    @AfterEach
    void stopBoth() {
        daemon.close();
        sandbox.close();
    }

    @Test
    void everyCallEndsOnceWhenKilledWhileAllOfThemRun(TestReporter reporter) throws Exception {
        warmUp();
        try (Fleet fleet = Fleet.connect("caller", CALLERS, daemon.port())) {
            long sent = System.nanoTime();
            fleet.ask(EACH);
            awaitArrival("caller", CALLS);
            reporter.publishEntry("all running after ms", since(sent));
            Await.passed(sent, Duration.ofMillis(700));
            daemon.kill();
            reporter.publishEntry("killed after ms", since(sent));
            int answered = fleet.answered();
            assertThat(surviveAndJudge(fleet, reporter).duplicates()).isLessThanOrEqualTo(answered);
        }
    }

    @Test
    void everyCallEndsOnceWhenKilledWhileAnswersComeIn(TestReporter reporter) throws Exception {
        warmUp();
        try (Fleet fleet = Fleet.connect("caller", CALLERS, daemon.port())) {
            fleet.ask(EACH);
            awaitArrival("caller", CALLS);
            Await.until("first answers", PATIENCE, fleet::answered, answered -> answered >= 10);
            daemon.kill();
            reporter.publishEntry("answered before the kill", String.valueOf(fleet.answered()));
            surviveAndJudge(fleet, reporter);
        }
    }

    @Test
    void everyCallEndsOnceWhenStoppedSoftly(TestReporter reporter) throws Exception {
        warmUp();
        try (Fleet fleet = Fleet.connect("caller", CALLERS, daemon.port())) {
            fleet.ask(EACH);
            awaitArrival("caller", CALLS);
            long told = System.nanoTime();
            assertThat(daemon.stop().status()).isZero();
            reporter.publishEntry("stopped after ms", since(told));
            surviveAndJudge(fleet, reporter);
            assertThat(fleet.callers()).extracting(Caller::closeCode).containsOnly(1012);
        }
    }

    @Test
    void theSameRequestNeverRunsTwice() throws Exception {
        try (Caller caller = Caller.connect("again", daemon.port())) {
            caller.ask(1);
            caller.repeat("call-0");
            Await.until("the call runs", PATIENCE, sandbox::inFlight, running -> running == 1);
            caller.leave();
            caller.resume(daemon.port());
            caller.repeat("call-0");
            Await.until("an answer", PATIENCE, () -> isAnswered(caller));
            caller.repeat("call-0");
            Await.until("it again", PATIENCE, () -> answersAfter(caller, "call-0") >= 2);
            caller.settle();
            assertThat(caller.answersTo("call-0"))
                    .extracting(Caller.Received::text)
                    .containsOnly("[sandbox] You said: again-call-0");
            assertThat(sandbox.visits("again-call-0")).hasSize(1);
        }
    }

    @Test
    void callsOfAClientThatNeverReturnsAreRunToTheirEnd(TestReporter reporter) throws Exception {
        try (Caller caller = Caller.connect("gone", daemon.port())) {
            caller.ask(EACH);
            awaitArrival("gone", EACH);
            daemon.kill();
            daemon.restart();
            long ready = System.nanoTime();
            awaitArrival("gone", 2 * EACH);
            Await.until("all ended", PATIENCE, sandbox::inFlight, running -> running == 0);
            reporter.publishEntry("run to their end after ms", since(ready));
            caller.resume(daemon.port());
            Await.until("answers", PATIENCE, () -> isAnswered(caller));
            caller.settle();
            assertThat(caller.ids())
                    .allSatisfy(id -> assertThat(caller.answersTo(id))
                            .singleElement()
                            .satisfies(answer -> assertThat(answer.attempts()).isEqualTo(2)));
            assertThat(sandbox.visits()).hasSize(2 * EACH);
        }
    }

    private Verdict surviveAndJudge(Fleet fleet, TestReporter reporter) throws Exception {
        daemon.restart();
        reporter.publishEntry("ready after ms", String.valueOf(daemon.readyAfterMillis()));
        long back = System.nanoTime();
        fleet.resume(daemon.port());
        fleet.awaitAnswers(CALLS, PATIENCE);
        reporter.publishEntry("all answered after ms", since(back));
        Verdict verdict = Verdict.on(fleet, sandbox);
        reporter.publishEntry(Map.of(
                "duplicates", String.valueOf(verdict.duplicates()), "repeated", String.valueOf(verdict.repeated())));
        Probes.awaitIdle(daemon);
        return verdict;
    }

    /** A cold daemon would take its calls so slowly that the first ones end before the last ones begin. */
    private void warmUp() throws Exception {
        try (Fleet fleet = Fleet.connect("warm", CALLERS, daemon.port())) {
            fleet.ask(EACH);
            fleet.awaitAnswers(CALLS, PATIENCE);
        }
    }

    private void awaitArrival(String callers, int calls) throws Exception {
        Await.until("calls reach the sandbox", PATIENCE, () -> arrived(callers), arrived -> arrived == calls);
    }

    private long arrived(String callers) throws Exception {
        return sandbox.visits().stream()
                .filter(visit -> visit.prompt().startsWith(callers))
                .count();
    }

    private static boolean isAnswered(Caller caller) throws Exception {
        caller.collect();
        return caller.unanswered().isEmpty();
    }

    private static int answersAfter(Caller caller, String id) throws Exception {
        caller.collect();
        return caller.answersTo(id).size();
    }

    private static String since(long nanos) {
        return String.valueOf(Duration.ofNanos(System.nanoTime() - nanos).toMillis());
    }
}
