package io.exai.provider.actor;

import static org.assertj.core.api.Assertions.assertThat;

import io.exai.provider.actor.Provider.Answered;
import io.exai.provider.actor.Provider.Ask;
import io.exai.provider.actor.Provider.AskerStopped;
import io.exai.provider.actor.Provider.BreakerSignalled;
import io.exai.provider.actor.Provider.Cancel;
import io.exai.provider.actor.Provider.Command;
import io.exai.provider.actor.Provider.ConnectionClosed;
import io.exai.provider.actor.Provider.DeadlinePassed;
import io.exai.provider.actor.Provider.Delta;
import io.exai.provider.actor.Provider.Describe;
import io.exai.provider.actor.Provider.Description;
import io.exai.provider.actor.Provider.ExchangeEnded;
import io.exai.provider.actor.Provider.Failed;
import io.exai.provider.actor.Provider.PieceArrived;
import io.exai.provider.actor.Provider.Proceed;
import io.exai.provider.actor.Provider.Ready;
import io.exai.provider.actor.Provider.Reply;
import io.exai.provider.actor.Provider.RestOver;
import io.exai.provider.actor.Provider.ShareSignalled;
import io.exai.provider.actor.Provider.Throttled;
import io.exai.provider.breaker.Breaker;
import io.exai.provider.breaker.Phase;
import io.exai.provider.chat.Piece;
import io.exai.provider.chat.ProviderFailure;
import io.exai.provider.chat.ProviderFailure.Kind;
import io.exai.provider.fixture.FakeUpstream;
import io.exai.provider.fixture.Samples;
import io.exai.provider.quota.Share;
import io.exai.provider.quota.Shares;
import io.exai.provider.setting.Gate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ProviderTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private static final ActorTestKit KIT = ActorTestKit.create();

    private final BlockingQueue<FakeUpstream> upstreams = new LinkedBlockingQueue<>();
    private final TestProbe<Reply> asker = KIT.createTestProbe();

    @AfterAll
    static void stopKit() {
        KIT.shutdownTestKit();
    }

    @Test
    void answersWithPiecesFirst() throws Exception {
        var provider = spawn(1, 1, LONG);
        provider.tell(ask("a"));
        var exchange = upstreams.take().next();
        exchange.pieces().accept(Piece.said("Hel"));
        exchange.pieces().accept(Piece.said("lo"));
        exchange.answer("Hello");
        assertThat(asker.receiveMessage()).isEqualTo(new Delta("a", Piece.said("Hel")));
        assertThat(asker.receiveMessage()).isEqualTo(new Delta("a", Piece.said("lo")));
        assertThat(asker.expectMessageClass(Answered.class).answer().text()).isEqualTo("Hello");
        var described = describe(provider);
        assertThat(described)
                .isEqualTo(new Description("fake", "http://fake/v1", true, 0, 0, 1, 1, 1, 0, Phase.CLOSED));
    }

    @Test
    void passesAFailureOn() throws Exception {
        var provider = spawn(1, 1, LONG);
        provider.tell(ask("a"));
        var failure = new ProviderFailure(Kind.BAD_ANSWER, "no", null, "fake", "m");
        upstreams.take().next().ending().complete(failure);
        asker.expectMessage(new Failed("a", failure));
        assertThat(describe(provider).failed()).isEqualTo(1);
    }

    @Test
    void failsAnAskWhoseExchangeFailsUnexpectedly() throws Exception {
        var provider = spawn(1, 1, LONG);
        provider.tell(ask("a"));
        upstreams.take().next().ending().completeExceptionally(new IllegalStateException("odd"));
        assertThat(asker.expectMessageClass(Failed.class).failure().kind()).isEqualTo(Kind.INTERNAL);
        assertThat(describe(provider).inFlight()).isZero();
    }

    @Test
    void letsNoMoreThanItsPermitsRunAndTheRestWait() throws Exception {
        var provider = spawn(2, 10, LONG);
        for (String key : List.of("a", "b", "c", "d")) {
            provider.tell(ask(key));
        }
        var described = describe(provider);
        assertThat(described.inFlight()).isEqualTo(2);
        assertThat(described.waiting()).isEqualTo(2);
        var upstream = upstreams.take();
        assertThat(upstream.untaken()).isEqualTo(2);
        upstream.next().answer("1");
        asker.expectMessageClass(Answered.class);
        assertThat(describe(provider).waiting()).isEqualTo(1);
        upstream.next();
        assertThat(upstream.next().request().callKey()).isEqualTo("c");
        assertThat(describe(provider).inFlight()).isEqualTo(2);
    }

    @Test
    void refusesOnlyWhatGoesBeyondItsWaitingBound() {
        var provider = spawn(1, 3, LONG);
        for (int waiting = 0; waiting <= 3; waiting++) {
            provider.tell(ask("fits-" + waiting));
            assertThat(describe(provider).waiting()).isEqualTo(waiting);
        }
        provider.tell(ask("too many"));
        var failed = asker.expectMessageClass(Failed.class);
        assertThat(failed.callKey()).isEqualTo("too many");
        assertThat(failed.failure().kind()).isEqualTo(Kind.OVER_CAPACITY);
        assertThat(failed.failure().retryAfter()).isEqualTo(Duration.ofSeconds(1));
        assertThat(describe(provider).waiting()).isEqualTo(3);
    }

    @Test
    void refusesAtOnceWhenNobodyMayWait() {
        var provider = spawn(1, 0, LONG);
        provider.tell(ask("runs"));
        provider.tell(ask("refused"));
        assertThat(asker.expectMessageClass(Failed.class).callKey()).isEqualTo("refused");
    }

    @Test
    void letsSessionsTakeTurns() throws Exception {
        var provider = spawn(1, 10, LONG);
        for (String key : List.of("a1", "a2", "a3", "b1")) {
            provider.tell(new Ask(Samples.request(key, "hi"), key.substring(0, 1), asker.getRef()));
        }
        describe(provider);
        var upstream = upstreams.take();
        for (String key : List.of("a1", "a2", "b1", "a3")) {
            var exchange = upstream.next();
            assertThat(exchange.request().callKey()).isEqualTo(key);
            exchange.answer("done");
        }
    }

    @Test
    void refusesAnAskThatWaitedTooLong() {
        var provider = spawn(1, 10, Duration.ofMillis(50));
        provider.tell(ask("runs"));
        provider.tell(ask("waits"));
        var failed = asker.expectMessageClass(Failed.class);
        assertThat(failed.callKey()).isEqualTo("waits");
        assertThat(failed.failure().kind()).isEqualTo(Kind.OVER_CAPACITY);
        assertThat(failed.failure().message()).isEqualTo("fake is busy: no permit within 50 ms");
        var described = describe(provider);
        assertThat(described.waiting()).isZero();
        assertThat(described.inFlight()).isEqualTo(1);
    }

    @Test
    void timesOutFromTheMomentOfTheAskAndCancels() throws Exception {
        var provider = spawn(1, 10, LONG);
        provider.tell(new Ask(Samples.request("slow", "hi"), "s", asker.getRef()));
        var slow = upstreams.take().next();
        provider.tell(request("short", Duration.ofMillis(50)));
        var waiting = asker.expectMessageClass(Failed.class);
        assertThat(waiting.callKey()).isEqualTo("short");
        assertThat(waiting.failure().kind()).isEqualTo(Kind.TIMEOUT);
        slow.answer("late");
        asker.expectMessageClass(Answered.class);
    }

    @Test
    void cancelsTheExchangeOfAnAskThatTimedOut() throws Exception {
        var provider = spawn(1, 10, LONG);
        provider.tell(request("short", Duration.ofMillis(50)));
        var exchange = upstreams.take().next();
        var failed = asker.expectMessageClass(Failed.class);
        assertThat(failed.failure().kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(failed.failure().message()).isEqualTo("fake gave no answer within 50 ms");
        assertThat(exchange.cancelled()).isCompleted();
        exchange.answer("too late");
        await(provider, described -> assertThat(described.inFlight()).isZero());
        asker.expectNoMessage(Duration.ofMillis(20));
    }

    @Test
    void cancelsByKeyWithoutAReply() throws Exception {
        var provider = spawn(1, 10, LONG);
        provider.tell(ask("a"));
        provider.tell(ask("b"));
        provider.tell(ask("b"));
        provider.tell(ask("c"));
        var upstream = upstreams.take();
        var first = upstream.next();
        provider.tell(new Cancel("b"));
        assertThat(describe(provider).waiting()).isEqualTo(1);
        provider.tell(new Cancel("a"));
        assertThat(first.cancelled()).succeedsWithin(Samples.SOON);
        first.pieces().accept(Piece.said("late"));
        first.answer("late");
        assertThat(upstream.next().request().callKey()).isEqualTo("c");
        assertThat(describe(provider).waiting()).isZero();
        asker.expectNoMessage(Duration.ofMillis(20));
    }

    /** The vendor counts a request until it has noticed that nobody waits for it. */
    @Test
    void keepsThePermitOfACancelledAskForAMoment() throws Exception {
        var provider = spawn(1, 10, LONG);
        provider.tell(ask("a"));
        provider.tell(ask("b"));
        var upstream = upstreams.take();
        var first = upstream.next();
        provider.tell(new Cancel("a"));
        assertThat(describe(provider).inFlight()).isEqualTo(1);
        assertThat(first.cancelled()).isCompleted();
        assertThat(upstream.untaken()).isZero();
        assertThat(upstream.next().request().callKey()).isEqualTo("b");
    }

    @Test
    void letsAStepwiseAskerSayWhen() throws Exception {
        var provider = spawn(1, 10, LONG);
        provider.tell(stepwise("a"));
        provider.tell(stepwise("b"));
        asker.expectMessage(new Ready("a"));
        assertThat(describe(provider))
                .extracting(Description::inFlight, Description::waiting)
                .containsExactly(1, 1);
        var upstream = upstreams.take();
        assertThat(upstream.untaken()).isZero();
        provider.tell(new Proceed(asker.getRef()));
        provider.tell(new Proceed(asker.getRef()));
        upstream.next().answer("1");
        assertThat(asker.expectMessageClass(Answered.class).callKey()).isEqualTo("a");
        asker.expectMessage(new Ready("b"));
        assertThat(upstream.untaken()).isZero();
        provider.tell(new Cancel("b"));
        assertThat(describe(provider).inFlight()).isZero();
    }

    @Test
    void givesUpWhatADeadAskerAskedFor() throws Exception {
        var provider = spawn(1, 10, LONG);
        TestProbe<Reply> mortal = KIT.createTestProbe();
        provider.tell(new Ask(Samples.request("runs", "hi"), "s", mortal.getRef()));
        provider.tell(new Ask(Samples.request("waits", "hi"), "s", mortal.getRef()));
        provider.tell(ask("survives"));
        var upstream = upstreams.take();
        var running = upstream.next();
        mortal.stop();
        assertThat(running.cancelled()).succeedsWithin(Samples.SOON);
        assertThat(upstream.next().request().callKey()).isEqualTo("survives");
        var described = describe(provider);
        assertThat(described.inFlight()).isEqualTo(1);
        assertThat(described.waiting()).isZero();
    }

    @Test
    void forgetsAnAskerThatWasDeadBefore() throws Exception {
        var provider = spawn(1, 10, LONG);
        TestProbe<Reply> dead = KIT.createTestProbe();
        dead.stop();
        provider.tell(new Ask(Samples.request("dead", "hi"), "s", dead.getRef()));
        assertThat(upstreams.take().next().cancelled()).succeedsWithin(Samples.SOON);
        await(provider, described -> assertThat(described.inFlight()).isZero());
    }

    @Test
    void failsEveryOpenAskWhenItRestartsAndGoesOn() throws Exception {
        var provider = spawn(2, 10, LONG);
        provider.tell(ask("runs"));
        var upstream = upstreams.take();
        var running = upstream.next();
        provider.tell(ask("boom"));
        var failures = List.of(asker.expectMessageClass(Failed.class), asker.expectMessageClass(Failed.class));
        assertThat(failures).extracting(Failed::callKey).containsExactlyInAnyOrder("runs", "boom");
        assertThat(failures)
                .allSatisfy(failed -> assertThat(failed.failure().kind()).isEqualTo(Kind.INTERNAL))
                .allSatisfy(failed ->
                        assertThat(failed.failure().kind().retryable()).isTrue());
        assertThat(running.cancelled()).succeedsWithin(Samples.SOON);
        assertThat(upstream.closed()).succeedsWithin(Samples.SOON);
        running.answer("late");
        provider.tell(ask("again"));
        upstreams.take().next().answer("fine");
        assertThat(asker.expectMessageClass(Answered.class).callKey()).isEqualTo("again");
        assertThat(describe(provider).inFlight()).isZero();
    }

    @Test
    void failsEveryOpenAskWhenItStops() throws Exception {
        var provider = spawn(1, 10, LONG);
        provider.tell(ask("runs"));
        provider.tell(ask("waits"));
        var upstream = upstreams.take();
        var running = upstream.next();
        assertThat(describe(provider).waiting()).isEqualTo(1);
        KIT.stop(provider);
        assertThat(List.of(asker.expectMessageClass(Failed.class), asker.expectMessageClass(Failed.class)))
                .extracting(Failed::callKey)
                .containsExactlyInAnyOrder("runs", "waits");
        assertThat(running.cancelled()).succeedsWithin(Samples.SOON);
        assertThat(upstream.closed()).succeedsWithin(Samples.SOON);
    }

    @Test
    void answersEveryCommandInEveryState() {
        var states = List.of(
                List.<String>of(),
                List.of("runs"),
                List.of("runs", "waits"),
                List.of("runs", "waits", "refused"),
                List.of("boom"));
        for (List<String> state : states) {
            for (int i = 0; i < samples(asker.getRef()).size(); i++) {
                answersInState(state, i);
            }
        }
    }

    /** In the end the provider stops, so that every ask that was not given up has been answered. */
    private void answersInState(List<String> state, int sample) {
        var provider = spawn(1, 1, LONG);
        TestProbe<Reply> probe = KIT.createTestProbe();
        Command command = samples(probe.getRef()).get(sample);
        state.forEach(key -> provider.tell(new Ask(Samples.request(key, "hi"), "s", probe.getRef())));
        provider.tell(command);
        assertThat(describe(provider).limit()).as(command.toString()).isEqualTo(1);
        KIT.stop(provider);
        var answered = new ArrayList<>(state);
        if (command instanceof Ask ask) {
            answered.add(ask.request().callKey());
        } else if (command instanceof Cancel cancel) {
            answered.remove(cancel.callKey());
        } else if (command instanceof AskerStopped) {
            answered.removeAll(List.of("runs", "waits"));
        }
        assertThat(probe.receiveSeveralMessages(answered.size()))
                .as("%s after %s", command, state)
                .extracting(Reply::callKey)
                .containsExactlyInAnyOrderElementsOf(answered);
        probe.expectNoMessage(Duration.ZERO);
    }

    private List<Command> samples(ActorRef<Reply> replyTo) {
        var open = new OpenAsk(99, ask("unknown"), System.nanoTime(), LONG);
        var failure = new ProviderFailure(Kind.BAD_ANSWER, "no", null, "fake", "m");
        List<Command> samples = List.of(
                new Ask(Samples.request("sample", "hi"), "s", replyTo),
                new Proceed(replyTo),
                new ConnectionClosed(open),
                new Cancel("runs"),
                new Describe(KIT.<Description>createTestProbe().getRef()),
                new PieceArrived(open, 1, Piece.said("text")),
                new ExchangeEnded(open, 1, failure),
                new RestOver(open),
                new Provider.CaughtUp(new CompletableFuture<>()),
                new Throttled(),
                new BreakerSignalled(new Breaker.Beat()),
                new AskerStopped(replyTo),
                new DeadlinePassed(),
                new ShareSignalled(new Share.Tick()));
        Set<Class<?>> sampled = samples.stream().map(Object::getClass).collect(Collectors.toSet());
        assertThat(Arrays.stream(Command.class.getPermittedSubclasses())).containsExactlyInAnyOrderElementsOf(sampled);
        return samples;
    }

    private ActorRef<Command> spawn(int permits, int maxWaiting, Duration maxWait) {
        var gate = new Gate(permits, maxWaiting, maxWait);
        return KIT.spawn(Provider.create(Vendors.fake(gate, Shares.whole(), () -> {
            var upstream = new FakeUpstream();
            upstreams.add(upstream);
            return upstream;
        })));
    }

    private Ask ask(String key) {
        return new Ask(Samples.request(key, "hi"), "session", asker.getRef());
    }

    private Ask stepwise(String key) {
        return new Ask(Samples.request(key, "hi"), "session", Priority.NORMAL, true, Duration.ZERO, asker.getRef());
    }

    private Ask request(String key, Duration timeout) {
        return new Ask(Samples.request(key, "hi", false, timeout), "session", asker.getRef());
    }

    private Description describe(ActorRef<Command> provider) {
        TestProbe<Description> probe = KIT.createTestProbe();
        provider.tell(new Describe(probe.getRef()));
        return probe.receiveMessage();
    }

    private void await(ActorRef<Command> provider, Consumer<Description> assertion) {
        asker.awaitAssert(() -> {
            assertion.accept(describe(provider));
            return true;
        });
    }
}
