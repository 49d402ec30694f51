package io.exai.server.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.exai.server.e2e.Await;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TopicChangesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ActorTestKit kit = ActorTestKit.create();
    private final TopicChanges changes = TopicChanges.start(kit.system());
    private final List<Change> heard = new CopyOnWriteArrayList<>();
    private final Changes.Subscription first = changes.listen(heard::add);
    private final List<Change> heardToo = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    @Test
    void tellsAllWhoListenInOrder() throws Exception {
        changes.listen(heardToo::add);
        begin();

        changes.announce(new Change.Tools());
        changes.announce(new Change.Resource("a:1"));
        changes.announce(new Change.Prompts());

        awaitLast(heard, new Change.Prompts());
        awaitLast(heardToo, new Change.Prompts());
        assertThat(heard).endsWith(new Change.Tools(), new Change.Resource("a:1"), new Change.Prompts());
        assertThat(heardToo).isEqualTo(heard);
    }

    @Test
    void tellsNobodyWhoHasLeft() throws Exception {
        begin();
        first.close();
        changes.listen(heardToo::add);

        changes.announce(new Change.Tools());
        awaitLast(heardToo, new Change.Tools());
        changes.announce(new Change.Prompts());
        awaitLast(heardToo, new Change.Prompts());

        assertThat(heard).doesNotContain(new Change.Tools(), new Change.Prompts());
    }

    /** What is announced before the topic knows its subscriber is lost. */
    private void begin() throws Exception {
        Await.until("the topic is there", PATIENCE, () -> {
            changes.announce(new Change.Resources());
            return !heard.isEmpty();
        });
    }

    private static void awaitLast(List<Change> list, Change change) throws Exception {
        Await.until("the last one is " + change, PATIENCE, () -> list.contains(change));
    }
}
