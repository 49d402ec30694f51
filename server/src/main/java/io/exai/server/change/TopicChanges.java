package io.exai.server.change;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.pubsub.Topic;

/** Changes by a topic of the cluster; one subscriber on each node serves all its listeners. */
public final class TopicChanges implements Changes {
    private static final String TOPIC = "exai-changes";

    private final Set<Consumer<Change>> listeners = ConcurrentHashMap.newKeySet();
    private final ActorRef<Topic.Command<Change>> topic;

    private TopicChanges(ActorRef<Topic.Command<Change>> topic) {
        this.topic = topic;
    }

    /** Once per actor system. */
    public static TopicChanges start(ActorSystem<?> system) {
        ActorRef<Topic.Command<Change>> topic =
                system.systemActorOf(Topic.create(Change.class, TOPIC), TOPIC, Props.empty());
        TopicChanges changes = new TopicChanges(topic);
        topic.tell(Topic.subscribe(system.systemActorOf(changes.ear(), TOPIC + "-ear", Props.empty())));
        return changes;
    }

    private Behavior<Change> ear() {
        return Behaviors.receiveMessage(change -> {
            listeners.forEach(listener -> listener.accept(change));
            return Behaviors.same();
        });
    }

    @Override
    public void announce(Change change) {
        topic.tell(Topic.publish(change));
    }

    @Override
    public Subscription listen(Consumer<Change> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }
}
