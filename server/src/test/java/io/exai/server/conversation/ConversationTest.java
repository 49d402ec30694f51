package io.exai.server.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.exai.persistence.conversation.ConversationEvent.Forgotten;
import io.exai.persistence.conversation.ConversationEvent.TurnTaken;
import io.exai.persistence.conversation.Turn;
import io.exai.persistence.fixture.TestClock;
import io.exai.server.change.Change;
import io.exai.server.conversation.ConversationCommand.AskForWord;
import io.exai.server.conversation.ConversationCommand.Busy;
import io.exai.server.conversation.ConversationCommand.ConversationReply;
import io.exai.server.conversation.ConversationCommand.Floor;
import io.exai.server.conversation.ConversationCommand.Show;
import io.exai.server.conversation.ConversationCommand.Sweep;
import io.exai.server.conversation.ConversationCommand.TakeTurn;
import io.exai.server.conversation.ConversationCommand.Taken;
import io.exai.server.conversation.ConversationCommand.Unknown;
import io.exai.server.setting.Settings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.persistence.testkit.PersistenceTestKitPlugin;
import org.apache.pekko.persistence.testkit.PersistenceTestKitSnapshotPlugin;
import org.apache.pekko.persistence.testkit.javadsl.PersistenceTestKit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A conversation on an in-memory journal. */
class ConversationTest {
    private static final Duration QUIET = Duration.ofMillis(100);
    private static final String ID = "conversation|c";

    private final ActorTestKit kit = ActorTestKit.create(PersistenceTestKitPlugin.config()
            .withFallback(PersistenceTestKitSnapshotPlugin.config())
            .withFallback(ConfigFactory.parseString(
                    "pekko.loglevel = WARNING, pekko.actor.testkit.typed.single-expect-default = 20s, "
                            + "pekko.persistence.testkit.events.serialize = on"))
            .withFallback(Settings.tree(null, ConfigFactory.empty())));
    private final PersistenceTestKit journal = PersistenceTestKit.create(kit.system());
    private final TestProbe<ClusterSharding.ShardCommand> shard =
            kit.createTestProbe(ClusterSharding.ShardCommand.class);
    private final TestProbe<ConversationReply> replies = kit.createTestProbe(ConversationReply.class);
    private final List<Change> changes = new CopyOnWriteArrayList<>();
    private final TestClock clock = new TestClock(Instant.parse("2026-01-01T00:00:00Z"));
    private ActorRef<ConversationCommand> conversation = start();

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    @Test
    void isUnknownUntilItBegins() {
        conversation.tell(new Show("alice", replies.ref()));
        replies.expectMessage(new Unknown());
        conversation.tell(new AskForWord("alice", false, holder(), replies.ref()));
        replies.expectMessage(new Unknown());
    }

    @Test
    void remembersWhatWasSaidOverACrash() {
        take("alice", "1");
        replies.expectMessage(new Taken(1));
        kit.stop(conversation);
        assertThat(changes).containsExactly(new Change.Resource("exai://conversations/c"));
        conversation = start();
        conversation.tell(new Show("alice", replies.ref()));
        assertThat(replies.expectMessageClass(Floor.class).turns())
                .extracting(Turn::callKey)
                .containsExactly("1");
    }

    @Test
    void writesTheTurnOfACallOnceHoweverOftenItIsRun() {
        take("alice", "1");
        replies.expectMessage(new Taken(1));
        take("alice", "1");
        replies.expectMessage(new Taken(1));
        assertThat(journal.persistedInStorage(ID))
                .filteredOn(TurnTaken.class::isInstance)
                .hasSize(1);
    }

    @Test
    void isUnknownToOthers() {
        take("alice", "1");
        replies.expectMessage(new Taken(1));
        conversation.tell(new Show("bob", replies.ref()));
        replies.expectMessage(new Unknown());
        conversation.tell(new AskForWord("bob", true, holder(), replies.ref()));
        replies.expectMessage(new Unknown());
        take("bob", "2");
        replies.expectMessage(new Unknown());
    }

    @Test
    void givesTheWordToOneAtATimeAndToTheNextWhenThatIsGone() {
        ActorRef<Void> first = holder();
        conversation.tell(new AskForWord("alice", true, first, replies.ref()));
        replies.expectMessage(new Floor(List.of()));
        conversation.tell(new AskForWord("alice", true, holder(), replies.ref()));
        replies.expectNoMessage(QUIET);
        take("alice", "1");
        replies.expectMessage(new Taken(1));
        kit.stop(first);
        assertThat(replies.expectMessageClass(Floor.class).turns()).hasSize(1);
    }

    @Test
    void refusesTheSeventeenthThatWaits() {
        List<ActorRef<Void>> holders = new ArrayList<>();
        for (int number = 0; number < 17; number++) {
            holders.add(holder());
            conversation.tell(new AskForWord("alice", true, holders.get(number), replies.ref()));
        }
        replies.expectMessage(new Floor(List.of()));
        replies.expectNoMessage(QUIET);
        conversation.tell(new AskForWord("alice", true, holder(), replies.ref()));
        replies.expectMessage(new Busy());
        kit.stop(holders.get(1));
        kit.stop(holders.get(0));
        replies.expectMessage(new Floor(List.of()));
    }

    @Test
    void isForgottenAfterItsTime() {
        take("alice", "1");
        replies.expectMessage(new Taken(1));
        clock.advance(Duration.ofHours(24));
        conversation.tell(new Show("alice", replies.ref()));
        replies.expectMessageClass(Floor.class);
        clock.advance(Duration.ofSeconds(1));
        conversation.tell(new Show("alice", replies.ref()));
        replies.expectMessage(new Unknown());
        conversation.tell(new Sweep());
        shard.expectMessageClass(ClusterSharding.Passivate.class);
        assertThat(journal.persistedInStorage(ID)).last().isInstanceOf(Forgotten.class);
    }

    @Test
    void staysInMemoryWhileSomebodyHasTheWord() {
        ActorRef<Void> holder = holder();
        conversation.tell(new AskForWord("alice", true, holder, replies.ref()));
        replies.expectMessageClass(Floor.class);
        conversation.tell(new Sweep());
        shard.expectNoMessage(QUIET);
    }

    private void take(String principal, String callKey) {
        Turn turn = new Turn(callKey, "chat", "sandbox-echo", "q", "a", clock.instant());
        conversation.tell(new TakeTurn(principal, turn, replies.ref()));
    }

    private ActorRef<ConversationCommand> start() {
        return kit.spawn(Conversation.create(
                "c", shard.ref(), new Conversation.Parts(Duration.ofHours(24), changes::add, clock)));
    }

    private ActorRef<Void> holder() {
        return kit.spawn(Behaviors.<Void>ignore());
    }
}
