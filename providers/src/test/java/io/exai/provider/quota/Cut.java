package io.exai.provider.quota;

import java.util.List;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.remote.RemoteActorRefProvider;
import org.apache.pekko.remote.artery.ArteryTransport;

/** Drops whatever one system and the others send each other; needs the transport's test mode. */
@SuppressWarnings("deprecation") // the part of the old transport that tests of the new one still use
final class Cut {
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
        transport.managementCommand(new org.apache.pekko.remote.transport.ThrottlerTransportAdapter.SetThrottle(
                Cluster.get(to).selfMember().address(),
                both(),
                org.apache.pekko.remote.transport.ThrottlerTransportAdapter.Blackhole$.MODULE$));
    }

    /** A Scala object in an object, which has no name in Java. */
    private static org.apache.pekko.remote.transport.ThrottlerTransportAdapter.Direction both() {
        var type = org.apache.pekko.remote.transport.ThrottlerTransportAdapter.Direction.class;
        try {
            return type.cast(
                    Class.forName(type.getName() + "$Both$").getField("MODULE$").get(null));
        } catch (ReflectiveOperationException missing) {
            throw new IllegalStateException(missing);
        }
    }
}
