package io.exai.server.quota;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.exai.provider.actor.Priority;
import io.exai.provider.quota.Share;
import io.exai.server.quota.Quota.Acquire;
import io.exai.server.quota.Quota.Grant;
import io.exai.server.quota.Quota.Granted;
import io.exai.server.quota.Quota.HolderStopped;
import io.exai.server.quota.Quota.Refused;
import io.exai.server.quota.Quota.Revoked;
import io.exai.server.quota.Quota.ShareSignalled;
import io.exai.server.quota.Quota.WaitedTooLong;
import io.exai.server.setting.QuotaSettings;
import io.exai.server.setting.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.pekko.actor.testkit.typed.javadsl.BehaviorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.junit.jupiter.api.Test;

/** Who waits for a permit, while permits come and go: nobody is forgotten, answered twice or kept waiting by a crowd. */
class QuotaHistoryTest {
    private static final int HISTORIES = 300;
    private static final int STEPS = 120;
    private static final int MAX_WAITING = 5;
    private static final List<Priority> PRIORITIES = List.of(Priority.HIGH, Priority.NORMAL, Priority.LOW);

    private final FakeShare share = new FakeShare(0);
    private final BehaviorTestKit<Quota.Command> quota = quota(MAX_WAITING);

    /** One call that wants a permit. */
    private record Call(TestInbox<Void> holder, TestInbox<Grant> answers, List<Grant> heard) {
        static Call create() {
            return new Call(TestInbox.create(), TestInbox.create(), new ArrayList<>());
        }

        void listen() {
            heard.addAll(answers.getAllReceived());
        }

        boolean granted() {
            return heard.contains(new Granted());
        }
    }

    @Test
    void answersEverybodyOnceAndNeverGrantsMoreThanItsShare() {
        for (int seed = 0; seed < HISTORIES; seed++) {
            new QuotaHistoryTest().live(seed);
        }
    }

    private void live(int seed) {
        Random random = new Random(seed);
        List<Call> open = new ArrayList<>();
        List<Call> ended = new ArrayList<>();
        for (int step = 0; step < STEPS; step++) {
            act(random, open, ended);
            open.forEach(Call::listen);
            assertThat(open.stream().filter(Call::granted).count()).isEqualTo(share.inUse());
            assertThat(open).allMatch(call -> call.heard().size() <= 1, "seed " + seed);
            assertThat(share.isFree() && share.waiting > 0).as("seed %d", seed).isFalse();
        }
        share.permits = FakeShare.LIMIT;
        quota.run(new ShareSignalled(new Share.Tick()));
        open.forEach(Call::listen);
        assertThat(open).allMatch(call -> call.heard().size() == 1, "seed " + seed);
        ended.forEach(Call::listen);
        assertThat(ended).allMatch(call -> call.heard().size() <= 1, "seed " + seed);
    }

    private void act(Random random, List<Call> open, List<Call> ended) {
        int choice = random.nextInt(10);
        if (choice < 5 || open.isEmpty()) {
            Priority priority = PRIORITIES.get(random.nextInt(3));
            open.add(acquire("s" + random.nextInt(4), priority));
        } else if (choice < 7) {
            Call gone = open.remove(random.nextInt(open.size()));
            quota.run(new HolderStopped(gone.holder().getRef()));
            ended.add(gone);
        } else if (choice < 8) {
            quota.run(new WaitedTooLong(
                    open.get(random.nextInt(open.size())).holder().getRef()));
        } else {
            share.permits = random.nextInt(8);
            quota.run(new ShareSignalled(new Share.Tick()));
        }
    }

    @Test
    void servesHigherPrioritiesFirst() {
        Call low = acquire("a", Priority.LOW);
        Call normal = acquire("b", Priority.NORMAL);
        Call high = acquire("c", Priority.HIGH);
        for (Call next : List.of(high, normal, low)) {
            share.permits++;
            quota.run(new ShareSignalled(new Share.Tick()));
            next.answers().expectMessage(new Granted());
        }
    }

    @Test
    void keepsRoomForOtherPrioritiesWhenOneIsFull() {
        for (int i = 0; i < MAX_WAITING; i++) {
            acquire("crowd", Priority.LOW);
        }
        assertThat(acquire("crowd", Priority.LOW).answers().receiveMessage()).isInstanceOf(Refused.class);
        assertThat(acquire("other", Priority.NORMAL).answers().hasMessages()).isFalse();
    }

    @Test
    void letsASingleCallGoAfterAtMostOneOfACrowd() {
        BehaviorTestKit<Quota.Command> crowded = quota(200);
        share.permits = 1;
        List<Call> crowd = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            crowd.add(acquire(crowded, "crowd", Priority.NORMAL));
        }
        Call single = acquire(crowded, "single", Priority.NORMAL);
        crowded.run(new HolderStopped(crowd.get(0).holder().getRef()));
        crowded.run(new HolderStopped(crowd.get(1).holder().getRef()));
        single.answers().expectMessage(new Granted());
    }

    @Test
    void tellsHoldersToStopWhenTheirPermitsAreRevoked() {
        share.permits = 1;
        Call runs = acquire("a", Priority.NORMAL);
        Call waits = acquire("a", Priority.NORMAL);
        share.permits = 0;
        share.revoked = true;
        quota.run(new ShareSignalled(new Share.Tick()));
        assertThat(runs.answers().getAllReceived()).containsExactly(new Granted(), new Revoked());
        assertThat(waits.answers().hasMessages()).isFalse();
        assertThat(share.inUse()).as("held until the holder has stopped").isEqualTo(1);
        quota.run(new HolderStopped(runs.holder().getRef()));
        assertThat(share.inUse()).isZero();
    }

    private Call acquire(String session, Priority priority) {
        return acquire(quota, session, priority);
    }

    private static Call acquire(BehaviorTestKit<Quota.Command> quota, String session, Priority priority) {
        Call call = Call.create();
        quota.run(new Acquire(
                session, priority, call.holder().getRef(), 0, call.answers().getRef()));
        return call;
    }

    private BehaviorTestKit<Quota.Command> quota(int maxWaiting) {
        QuotaSettings settings = new QuotaSettings(
                FakeShare.LIMIT,
                maxWaiting,
                Duration.ofSeconds(30),
                List.of(),
                Settings.load(null, ConfigFactory.empty()).quota().lease());
        return BehaviorTestKit.create(Quota.create(settings, (name, limit, owner) -> share));
    }
}
