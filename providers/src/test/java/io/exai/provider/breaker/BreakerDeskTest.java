package io.exai.provider.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import io.exai.provider.breaker.Breaker.Admission;
import io.exai.provider.breaker.BreakerDesk.Account;
import io.exai.provider.breaker.BreakerDesk.Probe;
import io.exai.provider.breaker.BreakerDesk.Tell;
import io.exai.provider.setting.BreakerSettings;
import java.time.Duration;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The cluster's breaker and the views that nodes have of it, without a cluster in between. */
class BreakerDeskTest {
    private static final ActorTestKit KIT = ActorTestKit.create();
    private static final BreakerSettings SETTINGS =
            new BreakerSettings(5, 0.5, 20, Duration.ofSeconds(30), Duration.ofMillis(200));
    private static final Duration SOON = Duration.ofSeconds(5);

    private final ActorRef<BreakerDesk.Command> desk = KIT.spawn(BreakerDesk.create(SETTINGS));
    private final Node one = new Node("one");
    private final Node two = new Node("two");

    /** A node whose view hears from the desk when the test wants it to. */
    private final class Node {
        private final TestProbe<Verdict> verdicts = KIT.createTestProbe();
        private final SharedBreaker breaker;

        Node(String name) {
            breaker = new SharedBreaker(
                    System::nanoTime, account -> desk.tell(new Tell(name, account, verdicts.getRef())));
            verdicts.receiveMessage();
        }

        void hearUntil(Phase phase) {
            for (Verdict heard = verdicts.receiveMessage(SOON); ; heard = verdicts.receiveMessage(SOON)) {
                breaker.hear(heard);
                if (heard.phase() == phase) {
                    return;
                }
            }
        }

        void hear() {
            breaker.hear(verdicts.receiveMessage(SOON));
        }

        void fail(int times) {
            for (int i = 0; i < times; i++) {
                breaker.ended(false);
            }
        }
    }

    @AfterAll
    static void stopKit() {
        KIT.shutdownTestKit();
    }

    @Test
    void opensOnAllNodesAfterTheFailuresOfAll() {
        one.fail(3);
        two.fail(2);
        one.hearUntil(Phase.OPEN);
        two.hearUntil(Phase.OPEN);
        assertThat(one.breaker.admit()).isEqualTo(Admission.REFUSE);
        assertThat(two.breaker.admit()).isEqualTo(Admission.REFUSE);
        assertThat(two.breaker.remaining()).isPositive();
    }

    @Test
    void letsOneNodeProbeAndClosesForAll() {
        open();
        awaitHalfOpen();
        assertThat(one.breaker.admit()).isEqualTo(Admission.WAIT);
        one.hear();
        assertThat(one.breaker.settle()).isEqualTo(Admission.PROBE);
        assertThat(two.breaker.admit()).isEqualTo(Admission.WAIT);
        two.hear();
        assertThat(two.breaker.settle()).isEqualTo(Admission.REFUSE);
        assertThat(one.breaker.admit()).isEqualTo(Admission.REFUSE);
        one.breaker.probed(true);
        one.hearUntil(Phase.CLOSED);
        two.hearUntil(Phase.CLOSED);
        assertThat(two.breaker.admit()).isEqualTo(Admission.PASS);
    }

    @Test
    void opensForAllAfterAFailedProbe() {
        open();
        awaitHalfOpen();
        one.breaker.admit();
        one.hear();
        assertThat(one.breaker.settle()).isEqualTo(Admission.PROBE);
        one.breaker.probed(false);
        one.hearUntil(Phase.OPEN);
        two.hearUntil(Phase.OPEN);
    }

    @Test
    void letsAnotherNodeProbeWhenAProbeIsGivenUp() {
        open();
        awaitHalfOpen();
        one.breaker.admit();
        one.hear();
        one.breaker.settle();
        one.breaker.abandoned();
        one.hear();
        two.breaker.admit();
        two.hear();
        assertThat(two.breaker.settle()).isEqualTo(Admission.PROBE);
    }

    @Test
    void letsAnotherNodeProbeWhenNobodyHadAUseForOne() {
        open();
        awaitHalfOpen();
        one.breaker.admit();
        one.hear();
        one.breaker.hear(new Breaker.Beat());
        one.hear();
        two.breaker.admit();
        two.hear();
        assertThat(two.breaker.settle()).isEqualTo(Admission.PROBE);
    }

    @Test
    void keepsACallWaitingNoLongerThanTwoBeats() {
        open();
        awaitHalfOpen();
        assertThat(one.breaker.admit()).isEqualTo(Admission.WAIT);
        one.breaker.hear(new Breaker.Beat());
        assertThat(one.breaker.settle()).isEqualTo(Admission.WAIT);
        one.breaker.hear(new Breaker.Beat());
        assertThat(one.breaker.settle()).isEqualTo(Admission.REFUSE);
    }

    @Test
    void believesANodeThatKnewOfItBefore() {
        TestProbe<Verdict> third = KIT.createTestProbe();
        desk.tell(new Tell("three", new Account(Tally.NONE, Probe.NONE, 10_000), third.getRef()));
        assertThat(third.receiveMessage().phase()).isEqualTo(Phase.OPEN);
        one.hearUntil(Phase.OPEN);
    }

    private void open() {
        one.fail(5);
        one.hearUntil(Phase.OPEN);
        two.hearUntil(Phase.OPEN);
    }

    private void awaitHalfOpen() {
        one.hearUntil(Phase.HALF_OPEN);
        two.hearUntil(Phase.HALF_OPEN);
    }
}
