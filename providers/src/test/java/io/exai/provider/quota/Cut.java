package io.exai.provider.quota;

import java.util.List;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.remote.RemoteActorRefProvider;
import org.apache.pekko.remote.artery.ArteryTransport;
import org.apache.pekko.remote.transport.ThrottlerTransportAdapter.Blackhole$;
import org.apache.pekko.remote.transport.ThrottlerTransportAdapter.Direction;
import org.apache.pekko.remote.transport.ThrottlerTransportAdapter.SetThrottle;

/** Drops whatever one system and the others send each other; needs the transport's test mode. */
final class Cut {
    private static final Direction BOTH = both();

    private Cut() {}

    static void between(ActorSystem<?> one, List<? extends ActorSystem<?>> others) {
        others.forEach(other -> {
            drop(one, other);
            drop(other, one);
        });
    }

    private static void drop(ActorSystem<?> from, ActorSystem<?> to) {
        var provider = (RemoteActorRefProvider) ((ExtendedActorSystem) from.classicSystem()).provider();
        var transport = (ArteryTransport) provider.transport();
        transport.managementCommand(
                new SetThrottle(Cluster.get(to).selfMember().address(), BOTH, Blackhole$.MODULE$));
    }

    /** A Scala object in an object, which has no name in Java. */
    private static Direction both() {
        try {
            return (Direction)
                    Class.forName(Direction.class.getName() + "$Both$").getField("MODULE$").get(null);
        } catch (ReflectiveOperationException missing) {
            throw new IllegalStateException(missing);
        }
    }
}
