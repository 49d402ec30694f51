package io.exai.server.quota;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.exai.provider.actor.Priority;
import io.exai.provider.quota.Shares;
import io.exai.provider.setting.LeaseSettings;
import io.exai.server.quota.Quota.Acquire;
import io.exai.server.quota.Quota.Describe;
import io.exai.server.quota.Quota.Description;
import io.exai.server.quota.Quota.Grant;
import io.exai.server.quota.Quota.Granted;
import io.exai.server.quota.Quota.Refused;
import io.exai.server.quota.Quota.Release;
import io.exai.server.setting.QuotaSettings;
import io.exai.server.setting.Settings;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Permits at their limits, in waiting, and when holders stop. */
class QuotaTest {
    private static final ActorTestKit KIT = ActorTestKit.create(ManualTime.config()
            .withFallback(ConfigFactory.parseString("pekko.actor.provider = local\n"
                    + "pekko.actor.testkit.typed { single-expect-default = 10s, default-timeout = 20s }")));
    private static final ManualTime TIME = ManualTime.get(KIT.system());
    private static final LeaseSettings LEASE =
            Settings.load(null, ConfigFactory.empty()).quota().lease();
    private static final Duration MAX_WAIT = Duration.ofSeconds(30);

    private final TestProbe<Grant> grants = KIT.createTestProbe(Grant.class);
    private final TestProbe<Description> descriptions = KIT.createTestProbe(Description.class);

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    void grantsAsManyPermitsAsItHasAndRefusesOneMore(int limit) {
        ActorRef<Quota.Command> quota = quota(limit, 0);
        for (int i = 0; i < limit; i++) {
            assertDescribed(quota, i, 0);
            acquire(quota, "s");
            grants.expectMessage(new Granted());
        }
        assertDescribed(quota, limit, 0);
        acquire(quota, "s");
        assertThat(grants.expectMessageClass(Refused.class).retryAfterMillis()).isPositive();
        assertDescribed(quota, limit, 0);
    }

    @Test
    void letsAsManyWaitAsItMayAndRefusesOneMore() {
        ActorRef<Quota.Command> quota = quota(1, 2);
        acquire(quota, "s");
        grants.expectMessage(new Granted());
        acquire(quota, "s");
        acquire(quota, "s");
        assertDescribed(quota, 1, 2);
        grants.expectNoMessage(Duration.ZERO);
        acquire(quota, "s");
        grants.expectMessageClass(Refused.class);
        assertDescribed(quota, 1, 2);
    }

    @Test
    void refusesAtOnceWhenNobodyMayWaitAnyTime() {
        ActorRef<Quota.Command> quota =
                KIT.spawn(Quota.create(new QuotaSettings(1, 5, Duration.ZERO, List.of(), LEASE), Shares.whole()));
        acquire(quota, "s");
        acquire(quota, "s");
        grants.expectMessage(new Granted());
        grants.expectMessageClass(Refused.class);
    }

    @Test
    void refusesWhoWaitedTooLongAndNobodyElse() {
        ActorRef<Quota.Command> quota = quota(1, 5);
        acquire(quota, "s");
        grants.expectMessage(new Granted());
        acquire(quota, "s");
        assertDescribed(quota, 1, 1);
        TIME.timePasses(MAX_WAIT.minusSeconds(1));
        acquire(quota, "s");
        assertDescribed(quota, 1, 2);
        TIME.timePasses(Duration.ofSeconds(1));
        grants.expectMessageClass(Refused.class);
        assertDescribed(quota, 1, 1);
        TIME.timePasses(MAX_WAIT.minusSeconds(1));
        grants.expectMessageClass(Refused.class);
        assertDescribed(quota, 1, 0);
    }

    @Test
    void refusesNobodyWhoWasGrantedMeanwhile() {
        ActorRef<Quota.Command> quota = quota(1, 5);
        ActorRef<Void> first = acquire(quota, "s");
        acquire(quota, "s");
        grants.expectMessage(new Granted());
        stop(first);
        grants.expectMessage(new Granted());
        TIME.timePasses(MAX_WAIT.multipliedBy(2));
        assertDescribed(quota, 1, 0);
        grants.expectNoMessage(Duration.ZERO);
    }

    @Test
    void takesThePermitBackWhenItsHolderStops() {
        ActorRef<Quota.Command> quota = quota(1, 0);
        ActorRef<Void> holder = acquire(quota, "s");
        grants.expectMessage(new Granted());
        stop(holder);
        awaitDescribed(quota, 0, 0);
        acquire(quota, "s");
        grants.expectMessage(new Granted());
    }

    @Test
    void forgetsAWaiterThatStops() {
        ActorRef<Quota.Command> quota = quota(1, 1);
        ActorRef<Void> holder = acquire(quota, "s");
        ActorRef<Void> waiter = acquire(quota, "s");
        assertDescribed(quota, 1, 1);
        grants.expectMessage(new Granted());
        stop(waiter);
        awaitDescribed(quota, 1, 0);
        stop(holder);
        awaitDescribed(quota, 0, 0);
        grants.expectNoMessage(Duration.ZERO);
    }

    @Test
    void takesAPermitOrAPlaceBackBeforeItsHolderStops() {
        ActorRef<Quota.Command> quota = quota(1, 1);
        ActorRef<Void> holder = acquire(quota, "s");
        ActorRef<Void> waiter = acquire(quota, "s");
        grants.expectMessage(new Granted());
        quota.tell(new Release(waiter));
        assertDescribed(quota, 1, 0);
        quota.tell(new Release(holder));
        assertDescribed(quota, 0, 0);
        quota.tell(new Acquire("s", Priority.NORMAL, holder, 1, grants.ref()));
        grants.expectMessage(new Granted(1));
        stop(holder);
        awaitDescribed(quota, 0, 0);
    }

    @Test
    void grantsAPermitToAHolderThatIsAlreadyGoneOnlyForAMoment() {
        ActorRef<Quota.Command> quota = quota(1, 0);
        ActorRef<Void> dead = holder();
        stop(dead);
        quota.tell(new Acquire("s", dead, grants.ref()));
        grants.expectMessage(new Granted());
        awaitDescribed(quota, 0, 0);
    }

    @Test
    void letsSessionsTakeTurns() {
        ActorRef<Quota.Command> quota = quota(1, 10);
        TestProbe<Grant> greedy = KIT.createTestProbe(Grant.class);
        TestProbe<Grant> modest = KIT.createTestProbe(Grant.class);
        ActorRef<Void> first = acquire(quota, "greedy", greedy);
        ActorRef<Void> second = acquire(quota, "greedy", greedy);
        acquire(quota, "greedy", greedy);
        acquire(quota, "modest", modest);
        assertDescribed(quota, 1, 3);
        greedy.expectMessage(new Granted());
        stop(first);
        greedy.expectMessage(new Granted());
        stop(second);
        modest.expectMessage(new Granted());
        greedy.expectNoMessage(Duration.ZERO);
        assertDescribed(quota, 1, 1);
    }

    @Test
    void answersEveryAskInEveryState() {
        ActorRef<Quota.Command> quota = quota(1, 1);
        assertDescribed(quota, 0, 0); // idle
        acquire(quota, "s");
        grants.expectMessage(new Granted());
        assertDescribed(quota, 1, 0); // full
        ActorRef<Void> waiter = acquire(quota, "s");
        assertDescribed(quota, 1, 1); // nobody may wait any more
        acquire(quota, "s");
        grants.expectMessageClass(Refused.class);
        stop(waiter);
        awaitDescribed(quota, 1, 0);
        quota.tell(new Release(waiter)); // who has nothing gives nothing back
        assertDescribed(quota, 1, 0);
        assertThat(Quota.Command.class.getPermittedSubclasses())
                .as("a new command needs a line above")
                .containsExactlyInAnyOrder(
                        Acquire.class,
                        Release.class,
                        Describe.class,
                        Quota.HolderStopped.class,
                        Quota.WaitedTooLong.class,
                        Quota.ShareSignalled.class);
    }

    private ActorRef<Quota.Command> quota(int limit, int waiting) {
        return KIT.spawn(Quota.create(new QuotaSettings(limit, waiting, MAX_WAIT, List.of(), LEASE), Shares.whole()));
    }

    private ActorRef<Void> acquire(ActorRef<Quota.Command> quota, String session) {
        return acquire(quota, session, grants);
    }

    private static ActorRef<Void> acquire(ActorRef<Quota.Command> quota, String session, TestProbe<Grant> replies) {
        ActorRef<Void> holder = holder();
        quota.tell(new Acquire(session, holder, replies.ref()));
        return holder;
    }

    private static ActorRef<Void> holder() {
        return KIT.spawn(Behaviors.<Void>ignore());
    }

    private static void stop(ActorRef<Void> holder) {
        KIT.stop(holder);
    }

    private void assertDescribed(ActorRef<Quota.Command> quota, int held, int waiting) {
        assertThat(describe(quota).held()).isEqualTo(held);
        assertThat(describe(quota).waiting()).isEqualTo(waiting);
    }

    private void awaitDescribed(ActorRef<Quota.Command> quota, int held, int waiting) {
        descriptions.awaitAssert(() -> {
            assertDescribed(quota, held, waiting);
            return held;
        });
    }

    private Description describe(ActorRef<Quota.Command> quota) {
        quota.tell(new Describe(descriptions.ref()));
        return descriptions.receiveMessage();
    }
}
