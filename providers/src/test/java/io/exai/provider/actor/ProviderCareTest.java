package io.exai.provider.actor;

import static org.assertj.core.api.Assertions.assertThat;

import io.exai.provider.actor.Provider.Answered;
import io.exai.provider.actor.Provider.Ask;
import io.exai.provider.actor.Provider.Cancel;
import io.exai.provider.actor.Provider.Command;
import io.exai.provider.actor.Provider.Delta;
import io.exai.provider.actor.Provider.Failed;
import io.exai.provider.actor.Provider.Reply;
import io.exai.provider.breaker.Health;
import io.exai.provider.breaker.Phase;
import io.exai.provider.chat.Piece;
import io.exai.provider.chat.ProviderFailure;
import io.exai.provider.chat.ProviderFailure.Kind;
import io.exai.provider.fixture.FakeUpstream;
import io.exai.provider.fixture.Samples;
import io.exai.provider.setting.BreakerSettings;
import io.exai.provider.setting.Gate;
import io.exai.provider.setting.RetrySettings;
import java.time.Duration;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a provider does about a vendor that fails: asks again, leaves it alone, tries once. */
class ProviderCareTest {
    private static final ActorTestKit KIT = ActorTestKit.create();
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final RetrySettings TWICE = new RetrySettings(2, Duration.ZERO, Duration.ofMillis(50));
    private static final BreakerSettings QUICK =
            new BreakerSettings(2, 1, 1000, Duration.ofSeconds(30), Duration.ofMillis(300));

    private final TestProbe<Reply> asker = KIT.createTestProbe();
    private final FakeUpstream upstream = new FakeUpstream();
    private final Health health = new Health(System::nanoTime);

    @AfterAll
    static void stopKit() {
        KIT.shutdownTestKit();
    }

    @Test
    void asksAgainAfterAFailureThatMayPass() throws Exception {
        var provider = spawn(TWICE, Samples.BREAKER);
        provider.tell(ask("a"));
        fail(Kind.UPSTREAM_ERROR);
        upstream.next().answer("fine");
        var answered = asker.expectMessageClass(Answered.class);
        assertThat(answered.answer().text()).isEqualTo("fine");
        assertThat(answered.effort().attempts()).isEqualTo(2);
    }

    @Test
    void tellsTheLastFailureAfterItsAttempts() throws Exception {
        var provider = spawn(TWICE, Samples.BREAKER);
        provider.tell(ask("a"));
        fail(Kind.UNREACHABLE);
        fail(Kind.BROKEN_STREAM);
        var failed = asker.expectMessageClass(Failed.class);
        assertThat(failed.failure().kind()).isEqualTo(Kind.BROKEN_STREAM);
        assertThat(failed.attempts()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"UNAUTHORIZED", "NO_BALANCE", "NOT_FOUND", "INVALID_REQUEST", "BAD_ANSWER", "TIMEOUT"})
    void doesNotAskAgainWhatIsNotRetryable(Kind kind) throws Exception {
        var provider = spawn(TWICE, Samples.BREAKER);
        provider.tell(ask("a"));
        fail(kind);
        assertThat(asker.expectMessageClass(Failed.class).failure().kind()).isEqualTo(kind);
        assertThat(upstream.untaken()).isZero();
    }

    @Test
    void doesNotAskAgainOnceTextWasPassedOn() throws Exception {
        var provider = spawn(TWICE, Samples.BREAKER);
        provider.tell(ask("a"));
        var exchange = upstream.next();
        exchange.pieces().accept(Piece.said("Hel"));
        exchange.ending().complete(failure(Kind.BROKEN_STREAM, null));
        asker.expectMessageClass(Delta.class);
        assertThat(asker.expectMessageClass(Failed.class).failure().kind()).isEqualTo(Kind.BROKEN_STREAM);
    }

    @Test
    void doesNotWaitLongerThanTheCallHasTime() throws Exception {
        var patient = new RetrySettings(5, Duration.ofSeconds(1), Duration.ofMinutes(1));
        var provider = spawn(patient, Samples.BREAKER);
        provider.tell(new Ask(Samples.request("a", "hi", false, Duration.ofSeconds(5)), "s", asker.getRef()));
        upstream.next().ending().complete(failure(Kind.RATE_LIMITED, Duration.ofSeconds(10)));
        assertThat(asker.expectMessageClass(Failed.class).failure().retryAfter())
                .isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void sendsNothingWhileTheVendorWantsToBeLeftAlone() throws Exception {
        var provider = spawn(Samples.ONCE, Samples.BREAKER);
        provider.tell(ask("a"));
        upstream.next().ending().complete(failure(Kind.RATE_LIMITED, Duration.ofMillis(300)));
        asker.expectMessageClass(Failed.class);
        long paused = System.nanoTime();
        assertThat(health.isPaused("fake")).isTrue();
        provider.tell(ask("b"));
        upstream.next().answer("fine");
        assertThat(Duration.ofNanos(System.nanoTime() - paused)).isGreaterThan(Duration.ofMillis(200));
        asker.expectMessageClass(Answered.class);
    }

    @Test
    void refusesAtOnceWhoCannotWaitThatLong() throws Exception {
        var provider = spawn(Samples.ONCE, Samples.BREAKER);
        provider.tell(ask("a"));
        upstream.next().ending().complete(failure(Kind.RATE_LIMITED, Duration.ofSeconds(40)));
        asker.expectMessageClass(Failed.class);
        provider.tell(ask("b"));
        var failed = asker.expectMessageClass(Failed.class);
        assertThat(failed.failure().kind()).isEqualTo(Kind.RATE_LIMITED);
        assertThat(failed.attempts()).isZero();
        assertThat(failed.failure().retryAfter()).isBetween(Duration.ofSeconds(35), Duration.ofSeconds(40));
    }

    @Test
    void leavesAVendorAloneThatFailsTooOftenAndTriesOnceAfterwards() throws Exception {
        var provider = spawn(Samples.ONCE, QUICK);
        for (String key : new String[] {"a", "b"}) {
            provider.tell(ask(key));
            fail(Kind.UPSTREAM_ERROR);
            asker.expectMessageClass(Failed.class);
        }
        provider.tell(ask("c"));
        assertThat(asker.expectMessageClass(Failed.class).failure().kind()).isEqualTo(Kind.BREAKER_OPEN);
        assertThat(upstream.untaken()).isZero();
        asker.awaitAssert(() -> assertThat(health.phase("fake")).isEqualTo(Phase.HALF_OPEN));
        provider.tell(ask("probe"));
        provider.tell(ask("d"));
        assertThat(asker.expectMessageClass(Failed.class).callKey()).isEqualTo("d");
        upstream.next().answer("fine");
        asker.expectMessageClass(Answered.class);
        assertThat(health.phase("fake")).isEqualTo(Phase.CLOSED);
    }

    @Test
    void triesOnceMoreWhenTheProbeWasCancelled() throws Exception {
        var provider = spawn(Samples.ONCE, QUICK);
        for (String key : new String[] {"a", "b"}) {
            provider.tell(ask(key));
            fail(Kind.UPSTREAM_ERROR);
            asker.expectMessageClass(Failed.class);
        }
        asker.awaitAssert(() -> assertThat(health.phase("fake")).isEqualTo(Phase.HALF_OPEN));
        provider.tell(ask("probe"));
        upstream.next();
        provider.tell(new Cancel("probe"));
        provider.tell(ask("next"));
        upstream.next().answer("fine");
        assertThat(asker.expectMessageClass(Answered.class).callKey()).isEqualTo("next");
    }

    @Test
    void blamesTheVendorWhenAnAskerStopsAtItsDeadline() throws Exception {
        var provider = spawn(Samples.ONCE, QUICK);
        for (String key : new String[] {"a", "b"}) {
            TestProbe<Reply> mortal = KIT.createTestProbe();
            var request = Samples.request(key, "hi", false, Duration.ofMillis(150));
            provider.tell(new Ask(request, "s", mortal.getRef()));
            upstream.next();
            mortal.stop();
        }
        asker.awaitAssert(() -> assertThat(health.phase("fake")).isNotEqualTo(Phase.CLOSED));
    }

    @Test
    void turnsAwayThoseThatWaitWhenTheBreakerOpens() throws Exception {
        var provider = spawn(1, Samples.ONCE, QUICK);
        for (String key : new String[] {"a", "b", "c", "d"}) {
            provider.tell(ask(key));
        }
        fail(Kind.UPSTREAM_ERROR);
        fail(Kind.UPSTREAM_ERROR);
        for (Kind expected :
                new Kind[] {Kind.UPSTREAM_ERROR, Kind.UPSTREAM_ERROR, Kind.BREAKER_OPEN, Kind.BREAKER_OPEN}) {
            assertThat(asker.expectMessageClass(Failed.class).failure().kind()).isEqualTo(expected);
        }
    }

    @Test
    void givesUpAVendorThatSaysNothing() throws Exception {
        var provider = spawn(TWICE, Samples.BREAKER);
        provider.tell(silent("a"));
        var first = upstream.next();
        assertThat(first.cancelled()).succeedsWithin(Samples.SOON);
        first.answer("too late");
        upstream.next().answer("fine");
        assertThat(asker.expectMessageClass(Answered.class).answer().text()).isEqualTo("fine");
    }

    /** Else a vendor that is silent twice would leave no time for anybody. */
    @Test
    void leavesTimeForOthersWhenAVendorSaysNothing() throws Exception {
        var provider = spawn(TWICE, Samples.BREAKER);
        var request = Samples.request("a", "hi", false, Duration.ofSeconds(1));
        var silence = Duration.ofMillis(500);
        provider.tell(new Ask(request, "s", Priority.NORMAL, false, silence, asker.getRef()));
        assertThat(upstream.next().cancelled()).succeedsWithin(Samples.SOON);
        assertThat(asker.expectMessageClass(Failed.class).failure().kind()).isEqualTo(Kind.STALLED);
        assertThat(upstream.untaken()).isZero();
    }

    @Test
    void givesAVendorTimeThoughTheAskerWasSlow() throws Exception {
        var provider = spawn(Samples.ONCE, Samples.BREAKER);
        var request = Samples.request("a", "hi", false, Duration.ofSeconds(2));
        provider.tell(new Ask(request, "s", Priority.NORMAL, true, Duration.ofSeconds(1), asker.getRef()));
        asker.expectMessageClass(Provider.Ready.class);
        asker.expectNoMessage(Duration.ofMillis(1100));
        provider.tell(new Provider.Proceed(asker.getRef()));
        var exchange = upstream.next();
        asker.expectNoMessage(Duration.ofMillis(100));
        exchange.answer("fine");
        asker.expectMessageClass(Answered.class);
    }

    @Test
    void turnsToOthersRatherThanWaitTooLong() throws Exception {
        var provider = spawn(1, Samples.ONCE, Samples.BREAKER);
        provider.tell(ask("runs"));
        upstream.next();
        var request = Samples.request("waits", "hi", false, Duration.ofMillis(600));
        provider.tell(new Ask(request, "s", Priority.NORMAL, false, Duration.ofMillis(300), asker.getRef()));
        var failed = asker.expectMessageClass(Failed.class);
        assertThat(failed.failure().kind()).isEqualTo(Kind.OVER_CAPACITY);
        assertThat(failed.attempts()).isZero();
    }

    @Test
    void asksAgainAfterAQuickFailureAlthoughThereAreOthers() throws Exception {
        var provider = spawn(TWICE, Samples.BREAKER);
        var request = Samples.request("a", "hi", false, Samples.SOON);
        provider.tell(new Ask(request, "s", Priority.NORMAL, false, Samples.SOON.dividedBy(2), asker.getRef()));
        fail(Kind.UPSTREAM_ERROR);
        upstream.next().answer("fine");
        asker.expectMessageClass(Answered.class);
    }

    @Test
    void bearsAVendorThatIsNeverSilentForTooLong() throws Exception {
        var provider = spawn(TWICE, Samples.BREAKER);
        provider.tell(silent("a"));
        var exchange = upstream.next();
        for (int i = 0; i < 5; i++) {
            exchange.pieces().accept(Piece.thought("hm"));
            asker.expectMessageClass(Delta.class);
            asker.expectNoMessage(Duration.ofMillis(60));
        }
        exchange.answer("fine");
        assertThat(asker.expectMessageClass(Answered.class).effort().attempts()).isEqualTo(1);
    }

    private void fail(Kind kind) throws InterruptedException {
        upstream.next().ending().complete(failure(kind, null));
    }

    private static ProviderFailure failure(Kind kind, @Nullable Duration retryAfter) {
        return new ProviderFailure(kind, "no", retryAfter, "fake", "m");
    }

    private ActorRef<Command> spawn(RetrySettings retry, BreakerSettings breaker) {
        return spawn(10, retry, breaker);
    }

    private ActorRef<Command> spawn(int permits, RetrySettings retry, BreakerSettings breaker) {
        var gate = new Gate(permits, 100, LONG);
        return KIT.spawn(Provider.create(Vendors.fake(gate, retry, breaker, health, () -> upstream)));
    }

    private Ask ask(String key) {
        return new Ask(Samples.request(key, "hi"), "session", asker.getRef());
    }

    private Ask silent(String key) {
        var silence = Duration.ofMillis(150);
        return new Ask(Samples.request(key, "hi"), "session", Priority.NORMAL, false, silence, asker.getRef());
    }
}
