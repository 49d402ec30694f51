package io.exai.server.change;

import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.pubsub.Topic;

/** Carries changes to whoever listens, on every node of the cluster; what nobody listens to is lost. */
public final class Changes {
    private static final String TOPIC = "exai-changes";

    private final ActorSystem<?> system;
    private final ActorRef<Topic.Command<Change>> topic;

    private Changes(ActorSystem<?> system, ActorRef<Topic.Command<Change>> topic) {
        this.system = system;
        this.topic = topic;
    }

    /** Once per actor system. */
    public static Changes start(ActorSystem<?> system) {
        return new Changes(system, system.systemActorOf(Topic.create(Change.class, TOPIC), TOPIC, Props.empty()));
    }

    public void announce(Change change) {
        topic.tell(Topic.publish(change));
    }

    /** Passes every change on until the subscription is closed; {@code listener} may be called on any thread. */
    public Subscription listen(Consumer<Change> listener) {
        Behavior<Change> behavior = Behaviors.receiveMessage(change -> {
            listener.accept(change);
            return Behaviors.same();
        });
        ActorRef<Change> ear = system.systemActorOf(behavior, "ear-" + java.util.UUID.randomUUID(), Props.empty());
        topic.tell(Topic.subscribe(ear));
        return () -> {
            topic.tell(Topic.unsubscribe(ear));
            org.apache.pekko.actor.typed.javadsl.Adapter.toClassic(system)
                    .stop(org.apache.pekko.actor.typed.javadsl.Adapter.toClassic(ear));
        };
    }

    /** A listener's tie to the changes. */
    public interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
