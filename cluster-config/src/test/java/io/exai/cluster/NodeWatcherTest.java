package io.exai.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.BehaviorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nodes come and go as the test says, and actors there exist by name only. */
class NodeWatcherTest {
    private static final Address NODE = new Address("pekko", "exai", "127.0.0.1", 1);
    private static final Address OTHER = new Address("pekko", "exai", "127.0.0.1", 2);
    private static final Duration QUIET = Duration.ofMillis(100);

    private final ActorTestKit kit = ActorTestKit.create(ConfigFactory.parseString("""
            pekko.actor.provider = remote
            pekko.loglevel = WARNING
            pekko.remote.artery.canonical { hostname = "127.0.0.1", port = 0 }
            """));
    private final ActorRef<NodeWatcher.Command> watcher = kit.spawn(NodeWatcher.create());
    private final NodeWatch watch = NodeWatcher.asking(watcher);
    private final TestProbe<String> told = kit.createTestProbe(String.class);

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    @Test
    void tellsOnceOfEachActorThatIsLostWithItsNode() {
        watch.watch(actor(NODE, "a"), told.ref(), "a lost");
        watch.watch(actor(NODE, "a"), told.ref(), "a lost");
        watch.watch(actor(NODE, "b"), told.ref(), "b lost");
        watch.watch(actor(OTHER, "c"), told.ref(), "c lost");
        watcher.tell(new NodeWatcher.Removed(NODE));
        told.expectMessageClass(String.class);
        told.expectMessageClass(String.class);
        watcher.tell(new NodeWatcher.Removed(NODE));
        told.expectNoMessage(QUIET);
        watcher.tell(new NodeWatcher.Removed(OTHER));
        told.expectMessage("c lost");
    }

    @Test
    void tellsAtOnceOfANodeThatIsGoneAlready() {
        watcher.tell(new NodeWatcher.Removed(NODE));
        watch.watch(actor(NODE, "a"), told.ref(), "a lost");
        told.expectMessage("a lost");
    }

    @Test
    void watchesTheNodeThatCameInThePlaceOfAnother() {
        watcher.tell(new NodeWatcher.Removed(NODE));
        watcher.tell(new NodeWatcher.Came(NODE));
        watch.watch(actor(NODE, "a"), told.ref(), "a lost");
        told.expectNoMessage(QUIET);
        watcher.tell(new NodeWatcher.Removed(NODE));
        told.expectMessage("a lost");
    }

    @Test
    void hasNothingToSayOfItsOwnNode() {
        watch.watch(told.ref(), told.ref(), "lost");
        watcher.tell(new NodeWatcher.Removed(told.ref().path().address()));
        told.expectNoMessage(QUIET);
    }

    @Test
    void forgetsWhoIsGone() {
        BehaviorTestKit<NodeWatcher.Command> inner = BehaviorTestKit.create(NodeWatcher.create());
        AtomicInteger times = new AtomicInteger();
        inner.run(new NodeWatcher.Watch(NODE, told.ref(), actor(NODE, "a"), times::incrementAndGet));
        inner.run(new NodeWatcher.WatcherGone(told.ref()));
        inner.run(new NodeWatcher.Removed(NODE));
        assertThat(times).hasValue(0);
    }

    private ActorRef<String> actor(Address node, String name) {
        return ActorRefResolver.get(kit.system()).resolveActorRef(node + "/user/" + name);
    }
}
