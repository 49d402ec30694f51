package io.exai.cluster;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.cluster.ClusterEvent;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Subscribe;

/** Knows who on this node depends on an actor of which other node. */
final class NodeWatcher extends AbstractBehavior<NodeWatcher.Command> {
    /** What it can be told. */
    sealed interface Command {}

    record Watch(Address node, ActorRef<?> watcher, ActorRef<?> subject, Runnable tell) implements Command {}

    record WatcherGone(ActorRef<?> watcher) implements Command {}

    record Came(Address node) implements Command {}

    record Removed(Address node) implements Command {}

    private final Map<Address, Map<ActorRef<?>, Map<ActorRef<?>, Runnable>>> watched = new HashMap<>();
    private final Set<Address> gone = new HashSet<>();

    private NodeWatcher(ActorContext<Command> context) {
        super(context);
    }

    /** The watch of this node, which is a member of a cluster or about to be. */
    static NodeWatch start(ActorSystem<?> system) {
        return asking(system.systemActorOf(
                Behaviors.setup(context -> {
                    subscribe(context, ClusterEvent.MemberJoined.class, Came::new);
                    subscribe(context, ClusterEvent.MemberUp.class, Came::new);
                    subscribe(context, ClusterEvent.MemberRemoved.class, Removed::new);
                    return new NodeWatcher(context);
                }),
                "node-watch",
                Props.empty()));
    }

    static Behavior<Command> create() {
        return Behaviors.setup(NodeWatcher::new);
    }

    static NodeWatch asking(ActorRef<Command> watcher) {
        return new NodeWatch() {
            @Override
            public <T> void watch(ActorRef<?> subject, ActorRef<T> from, T message) {
                Address node = subject.path().address();
                if (!node.hasLocalScope()) {
                    watcher.tell(new Watch(node, from, subject, () -> from.tell(message)));
                }
            }
        };
    }

    private static <E extends ClusterEvent.MemberEvent> void subscribe(
            ActorContext<Command> context, Class<E> event, Function<Address, Command> command) {
        ActorRef<E> adapter = context.messageAdapter(
                event, happened -> command.apply(happened.member().address()));
        Cluster.get(context.getSystem()).subscriptions().tell(Subscribe.create(adapter, event));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Watch.class, this::watch)
                .onMessage(WatcherGone.class, over -> forget(over.watcher()))
                .onMessage(Came.class, came -> came(came.node()))
                .onMessage(Removed.class, removed -> removed(removed.node()))
                .build();
    }

    private Behavior<Command> watch(Watch watch) {
        if (gone.contains(watch.node())) {
            watch.tell().run();
            return this;
        }
        getContext().watchWith(watch.watcher(), new WatcherGone(watch.watcher()));
        watched.computeIfAbsent(watch.node(), node -> new HashMap<>())
                .computeIfAbsent(watch.watcher(), watcher -> new HashMap<>())
                .put(watch.subject(), watch.tell());
        return this;
    }

    private Behavior<Command> forget(ActorRef<?> watcher) {
        watched.values().forEach(watchers -> watchers.remove(watcher));
        return this;
    }

    /** Perhaps under the address of one that is gone. */
    private Behavior<Command> came(Address node) {
        gone.remove(node);
        return this;
    }

    private Behavior<Command> removed(Address node) {
        gone.add(node);
        Map<ActorRef<?>, Map<ActorRef<?>, Runnable>> watchers = watched.remove(node);
        if (watchers != null) {
            watchers.values().forEach(subjects -> subjects.values().forEach(Runnable::run));
        }
        return this;
    }
}
