package io.exai.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Calls survive the death of the daemon: each ends exactly once, and none runs again unnoticed. */
@Timeout(180)
class KillIT {
    private static final int CALLERS = 25;
    private static final int EACH = 8;
    private static final int CALLS = CALLERS * EACH;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @RegisterExtension
    private final Stand stand =
            Stand.of(Map.of("EXAI_WS_GLOBAL_MAX_INFLIGHT", "400")).asking("--latency", "1500ms");

    @Test
    void everyCallEndsOnceWhenKilledWhileAllOfThemRun(TestReporter reporter) throws Exception {
        warmUp();
        try (Fleet fleet = Fleet.connect("caller", CALLERS, stand.port())) {
            Stopwatch sent = Stopwatch.start(reporter);
            fleet.ask(EACH);
            awaitArrival("caller", CALLS);
            sent.report("all running after ms");
            sent.await(Duration.ofMillis(700));
            stand.daemon().kill();
            sent.report("killed after ms");
            int answered = fleet.answered();
            assertThat(surviveAndJudge(fleet, reporter).duplicates()).isLessThanOrEqualTo(answered);
        }
    }

    @Test
    void everyCallEndsOnceWhenKilledWhileAnswersComeIn(TestReporter reporter) throws Exception {
        warmUp();
        try (Fleet fleet = Fleet.connect("caller", CALLERS, stand.port())) {
            fleet.ask(EACH);
            awaitArrival("caller", CALLS);
            Await.until("first answers", PATIENCE, fleet::answered, answered -> answered >= 10);
            stand.daemon().kill();
            reporter.publishEntry("answered before the kill", String.valueOf(fleet.answered()));
            surviveAndJudge(fleet, reporter);
        }
    }

    @Test
    void everyCallEndsOnceWhenStoppedSoftly(TestReporter reporter) throws Exception {
        warmUp();
        try (Fleet fleet = Fleet.connect("caller", CALLERS, stand.port())) {
            fleet.ask(EACH);
            awaitArrival("caller", CALLS);
            Stopwatch told = Stopwatch.start(reporter);
            assertThat(stand.daemon().stop().status()).isZero();
            told.report("stopped after ms");
            surviveAndJudge(fleet, reporter);
            assertThat(fleet.callers()).extracting(Caller::closeCode).containsOnly(1012);
        }
    }

    @Test
    void theSameRequestNeverRunsTwice() throws Exception {
        try (Caller caller = Caller.connect("again", stand.port())) {
            caller.ask(1);
            caller.repeat("call-0");
            Await.until("the call runs", PATIENCE, stand.sandbox()::inFlight, running -> running == 1);
            caller.leave();
            caller.resume(stand.port());
            caller.repeat("call-0");
            Await.until("an answer", PATIENCE, () -> isAnswered(caller));
            caller.repeat("call-0");
            Await.until("it again", PATIENCE, () -> answersAfter(caller, "call-0") >= 2);
            caller.settle();
            assertThat(caller.answersTo("call-0"))
                    .extracting(Caller.Received::text)
                    .containsOnly("[sandbox] You said: again-call-0");
            assertThat(stand.sandbox().visits("again-call-0")).hasSize(1);
        }
    }

    @Test
    void callsOfAClientThatNeverReturnsAreRunToTheirEnd(TestReporter reporter) throws Exception {
        try (Caller caller = Caller.connect("gone", stand.port())) {
            caller.ask(EACH);
            awaitArrival("gone", EACH);
            stand.daemon().kill();
            stand.daemon().restart();
            Stopwatch ready = Stopwatch.start(reporter);
            awaitArrival("gone", 2 * EACH);
            Await.until("all ended", PATIENCE, stand.sandbox()::inFlight, running -> running == 0);
            ready.report("run to their end after ms");
            caller.resume(stand.port());
            Await.until("answers", PATIENCE, () -> isAnswered(caller));
            caller.settle();
            assertThat(caller.ids())
                    .allSatisfy(id -> assertThat(caller.answersTo(id))
                            .singleElement()
                            .satisfies(answer -> assertThat(answer.attempts()).isEqualTo(2)));
            assertThat(stand.sandbox().visits()).hasSize(2 * EACH);
        }
    }

    private Verdict surviveAndJudge(Fleet fleet, TestReporter reporter) throws Exception {
        stand.daemon().restart();
        reporter.publishEntry("ready after ms", String.valueOf(stand.daemon().readyAfterMillis()));
        Stopwatch back = Stopwatch.start(reporter);
        fleet.resume(stand.port());
        fleet.awaitAnswers(CALLS, PATIENCE);
        back.report("all answered after ms");
        Verdict verdict = Verdict.on(fleet, stand.sandbox());
        reporter.publishEntry(Map.of(
                "duplicates", String.valueOf(verdict.duplicates()), "repeated", String.valueOf(verdict.repeated())));
        Probes.awaitIdle(stand.daemon());
        return verdict;
    }

    /** A cold daemon would take its calls so slowly that the first ones end before the last ones begin. */
    private void warmUp() throws Exception {
        try (Fleet fleet = Fleet.connect("warm", CALLERS, stand.port())) {
            fleet.ask(EACH);
            fleet.awaitAnswers(CALLS, PATIENCE);
        }
    }

    private void awaitArrival(String callers, int calls) throws Exception {
        Await.until("calls reach the sandbox", PATIENCE, () -> arrived(callers), arrived -> arrived == calls);
    }

    private long arrived(String callers) throws Exception {
        return stand.sandbox().visits().stream()
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
}
