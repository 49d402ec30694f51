package io.exai.server;

import io.exai.persistence.journal.HistoryEraser;
import io.exai.server.edge.SessionGate;
import io.exai.server.session.Session;
import io.exai.server.session.SessionCommand;
import io.exai.server.session.SessionHost;
import io.exai.server.session.SessionKey;
import io.exai.server.session.SessionParts;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.persistence.typed.PersistenceId;

/** Sessions as the cluster shards them. */
final class Sessions implements SessionGate {
    /** A question may be lost with the node it went to: it is put again until it is answered, which does no harm. */
    private static final Duration PUT_AGAIN = Duration.ofMillis(500);

    /** What a session is to answer some day is put again less often. */
    private static final Duration PUT_AGAIN_SOME_DAY = Duration.ofSeconds(10);

    private static final Duration SOON = Duration.ofMinutes(1);

    private final ActorSystem<?> system;
    private final ActorRef<ShardingEnvelope<SessionCommand>> region;
    private final LocalShards local;

    private Sessions(ActorSystem<?> system, ActorRef<ShardingEnvelope<SessionCommand>> region, LocalShards local) {
        this.system = system;
        this.region = region;
        this.local = local;
    }

    static Sessions start(ActorSystem<?> system, SessionParts parts) {
        ClusterSharding sharding = ClusterSharding.get(system);
        ActorRef<ShardingEnvelope<SessionCommand>> region = sharding.init(Entity.of(
                        Session.KEY,
                        entity -> Session.create(
                                entity.getEntityId(), parts, new Host(system, sharding, entity.getShard())))
                .withStopMessage(new SessionCommand.Stop()));
        return new Sessions(system, region, LocalShards.of(system, Session.KEY.name()));
    }

    @Override
    public void tell(String sessionId, SessionCommand command) {
        region.tell(new ShardingEnvelope<>(SessionKey.of(sessionId), command));
    }

    @Override
    public boolean isNear(String sessionId) {
        return local.have(SessionKey.of(sessionId));
    }

    /** Touches a stored session, of which the journal knows no more than the key. */
    void sweep(String key) {
        region.tell(new ShardingEnvelope<>(key, new SessionCommand.Sweep()));
    }

    @Override
    public CompletionStage<Boolean> isKnown(String sessionId, String principal) {
        return ask(
                        sessionId,
                        SessionCommand.Known.class,
                        PATIENCE,
                        replyTo -> new SessionCommand.Check(principal, replyTo))
                .thenApplyAsync(SessionCommand.Known::known, system.executionContext());
    }

    @Override
    public <T> CompletionStage<T> ask(
            String sessionId, Class<T> answer, Duration patience, Function<ActorRef<T>, SessionCommand> question) {
        return askOwner(SessionKey.of(sessionId), answer, patience, question);
    }

    @Override
    public <T> CompletionStage<T> askOwner(
            String sessionKey, Class<T> answer, Duration patience, Function<ActorRef<T>, SessionCommand> question) {
        Duration again = patience.compareTo(SOON) > 0 ? PUT_AGAIN_SOME_DAY : PUT_AGAIN;
        AtomicReference<Cancellable> repeats = new AtomicReference<>(Cancellable.alreadyCancelled());
        CompletionStage<T> asked = AskPattern.ask(
                region,
                (ActorRef<T> replyTo) -> {
                    var envelope = new ShardingEnvelope<>(sessionKey, question.apply(replyTo));
                    repeats.set(system.scheduler()
                            .scheduleAtFixedRate(again, again, () -> region.tell(envelope), system.executionContext()));
                    return envelope;
                },
                patience,
                system.scheduler());
        asked.whenCompleteAsync(
                (reply, failure) -> Objects.requireNonNull(repeats.get()).cancel(), system.executionContext());
        return asked;
    }

    /** The shard that holds a session, the way back into it, and the journal it leaves behind. */
    private record Host(ActorSystem<?> system, ClusterSharding sharding, ActorRef<ClusterSharding.ShardCommand> shard)
            implements SessionHost {
        @Override
        public void passivate(ActorRef<SessionCommand> session) {
            shard.tell(new ClusterSharding.Passivate<>(session));
        }

        @Override
        public void wake(String id) {
            if (!LastNode.isLeaving(system)) {
                sharding.entityRefFor(Session.KEY, id).tell(new SessionCommand.Sweep());
            }
        }

        @Override
        public void erase(PersistenceId id) {
            Adapter.toClassic(system).actorOf(HistoryEraser.props(id.id()));
        }
    }
}
