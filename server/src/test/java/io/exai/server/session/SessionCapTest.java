package io.exai.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.exai.server.session.SessionCap.Admit;
import io.exai.server.session.SessionCap.Ended;
import io.exai.server.session.SessionCap.Used;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How many sessions a principal may have. */
class SessionCapTest {
    private static final ActorTestKit KIT =
            ActorTestKit.create(ConfigFactory.parseString("pekko.actor.provider = local\n"
                    + "pekko.actor.testkit.typed { single-expect-default = 10s, default-timeout = 20s }"));
    private static final Duration IDLE = Duration.ofSeconds(60);

    private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 5); // it may wrap around
    private final TestProbe<Boolean> answers = KIT.createTestProbe(Boolean.class);

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void admitsAsManySessionsAsItMayAndNoMore(int most) {
        ActorRef<SessionCap.Command> cap = cap(most);
        for (int i = 0; i < most; i++) {
            assertThat(admits(cap, "alice", "s" + i)).isTrue();
        }
        assertThat(admits(cap, "alice", "one-more")).isFalse();
    }

    @Test
    void countsEachPrincipalAlone() {
        ActorRef<SessionCap.Command> cap = cap(1);
        assertThat(admits(cap, "alice", "a")).isTrue();
        assertThat(admits(cap, "bob", "b")).isTrue();
        assertThat(admits(cap, "bob", "c")).isFalse();
    }

    @Test
    void admitsASessionThatItAlreadyCounts() {
        ActorRef<SessionCap.Command> cap = cap(1);
        assertThat(admits(cap, "alice", "a")).isTrue();
        assertThat(admits(cap, "alice", "a")).isTrue();
    }

    @Test
    void admitsAnotherWhenOneHasEnded() {
        ActorRef<SessionCap.Command> cap = cap(1);
        assertThat(admits(cap, "alice", "a")).isTrue();
        cap.tell(new Ended("alice", "never-seen"));
        cap.tell(new Ended("bob", "a"));
        assertThat(admits(cap, "alice", "b")).isFalse();
        cap.tell(new Ended("alice", "a"));
        assertThat(admits(cap, "alice", "b")).isTrue();
    }

    @Test
    void forgetsASessionThatNobodyUsesForTheIdleTime() {
        ActorRef<SessionCap.Command> cap = cap(1);
        assertThat(admits(cap, "alice", "a")).isTrue();
        nanoTime.addAndGet(IDLE.toNanos() - 1);
        assertThat(admits(cap, "alice", "b")).isFalse();
        nanoTime.addAndGet(1);
        assertThat(admits(cap, "alice", "b")).isTrue();
    }

    @Test
    void keepsASessionThatIsUsed() {
        ActorRef<SessionCap.Command> cap = cap(2);
        assertThat(admits(cap, "alice", "a")).isTrue();
        assertThat(admits(cap, "alice", "b")).isTrue();
        nanoTime.addAndGet(IDLE.toNanos() - 1);
        cap.tell(new Used("alice", "a"));
        assertThat(admits(cap, "alice", "c")).isFalse();
        nanoTime.addAndGet(1);
        assertThat(admits(cap, "alice", "c")).as("b was idle").isTrue();
        assertThat(admits(cap, "alice", "d")).as("a was used").isFalse();
    }

    @Test
    void countsASessionThatWasOpenedBeforeItsOwnStart() {
        ActorRef<SessionCap.Command> cap = cap(1);
        cap.tell(new Used("alice", "old"));
        assertThat(admits(cap, "alice", "new")).isFalse();
    }

    private ActorRef<SessionCap.Command> cap(int most) {
        return KIT.spawn(SessionCap.create(most, IDLE, nanoTime::get));
    }

    private boolean admits(ActorRef<SessionCap.Command> cap, String principal, String session) {
        cap.tell(new Admit(principal, session, answers.ref()));
        return answers.receiveMessage();
    }
}
