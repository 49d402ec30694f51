package io.exai.server.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Connections that a test opens and closes. */
class ConnectionsTest {
    private static final Duration QUIET = Duration.ofMillis(100);

    private final ActorTestKit kit = ActorTestKit.create();
    private final Connections connections = new Connections();
    private final TestProbe<Object> first = kit.createTestProbe(Object.class);
    private final TestProbe<Object> later = kit.createTestProbe(Object.class);

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    @Test
    void sendsEveryClientAwayWhileTheNodeReachesFewOthers() {
        connections.opened(ref(first));
        connections.alone(true);
        first.expectMessage(new Connections.Draining());
        connections.opened(ref(later));
        later.expectMessage(new Connections.Draining());
        assertThat(connections.isAlone()).isTrue();
        connections.alone(false);
        assertThat(connections.isAlone()).isFalse();
        connections.opened(ref(first));
        first.expectNoMessage(QUIET);
    }

    @Test
    void hasLeftWhenTheLastClientHas() {
        connections.opened(ref(first));
        connections.opened(ref(later));
        var drained = connections.drain().toCompletableFuture();
        first.expectMessage(new Connections.Draining());
        later.expectMessage(new Connections.Draining());
        connections.closed(ref(first));
        assertThat(drained).isNotDone();
        connections.closed(ref(later));
        assertThat(drained).isDone();
    }

    @Test
    void tellsAllThatANodeIsLost() {
        connections.opened(ref(first));
        connections.opened(ref(later));
        connections.closed(ref(later));
        connections.nodeLost();
        first.expectMessage(new Connections.NodeLost());
        later.expectNoMessage(QUIET);
    }

    private static ActorRef ref(TestProbe<Object> probe) {
        return Adapter.toClassic(probe.ref());
    }
}
