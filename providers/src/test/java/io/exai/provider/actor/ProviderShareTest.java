package io.exai.provider.actor;

import static org.assertj.core.api.Assertions.assertThat;

import io.exai.provider.actor.Provider.Answered;
import io.exai.provider.actor.Provider.Ask;
import io.exai.provider.actor.Provider.Command;
import io.exai.provider.actor.Provider.Describe;
import io.exai.provider.actor.Provider.Description;
import io.exai.provider.actor.Provider.Failed;
import io.exai.provider.actor.Provider.Reply;
import io.exai.provider.chat.ProviderFailure.Kind;
import io.exai.provider.fixture.FakeShare;
import io.exai.provider.fixture.FakeUpstream;
import io.exai.provider.fixture.Samples;
import io.exai.provider.setting.Gate;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A provider whose permits come from a ledger. */
class ProviderShareTest {
    private static final ActorTestKit KIT = ActorTestKit.create();

    private final FakeUpstream upstream = new FakeUpstream();
    private final FakeShare share = new FakeShare(0);
    private final TestProbe<Reply> asker = KIT.createTestProbe();
    private final ActorRef<Command> provider = KIT.spawn(Provider.create(Vendors.fake(
            new Gate(6, 10, Duration.ofSeconds(20)),
            (quota, limit, owner) -> {
                assertThat(quota).isEqualTo("provider.fake");
                return share;
            },
            () -> upstream)));

    @AfterAll
    static void stopKit() {
        KIT.shutdownTestKit();
    }

    @Test
    void letsCallsWaitUntilItsNodeHasPermits() throws Exception {
        ask("a", Priority.NORMAL);
        assertThat(describe())
                .extracting(Description::waiting, Description::leased, Description::limit)
                .containsExactly(1, 0, 6);
        share.lease(1);
        upstream.next().answer("done");
        asker.expectMessageClass(Answered.class);
    }

    @Test
    void callsForHigherPrioritiesFirst() throws Exception {
        ask("low", Priority.LOW);
        ask("normal", Priority.NORMAL);
        ask("high", Priority.HIGH);
        describe();
        share.lease(1);
        for (String key : List.of("high", "normal", "low")) {
            var exchange = upstream.next();
            assertThat(exchange.request().callKey()).isEqualTo(key);
            exchange.answer("done");
        }
    }

    @Test
    void failsWhatRunsWhenItsPermitsAreRevokedAndKeepsWhatWaits() throws Exception {
        share.lease(1);
        ask("runs", Priority.NORMAL);
        ask("waits", Priority.NORMAL);
        var exchange = upstream.next();
        share.revoke();
        Failed failed = asker.expectMessageClass(Failed.class);
        assertThat(failed.callKey()).isEqualTo("runs");
        assertThat(failed.failure().kind()).isEqualTo(Kind.REVOKED);
        assertThat(failed.failure().message()).isEqualTo("fake lost its permits: this node is cut off");
        assertThat(exchange.cancelled()).succeedsWithin(Samples.SOON);
        asker.awaitAssert(() -> assertThat(describe())
                .extracting(Description::inFlight, Description::waiting)
                .containsExactly(0, 1));
    }

    private void ask(String key, Priority priority) {
        provider.tell(new Ask(Samples.request(key, "hi"), "session", priority, false, Duration.ZERO, asker.getRef()));
    }

    private Description describe() {
        TestProbe<Description> probe = KIT.createTestProbe();
        provider.tell(new Describe(probe.getRef()));
        return probe.receiveMessage();
    }
}
