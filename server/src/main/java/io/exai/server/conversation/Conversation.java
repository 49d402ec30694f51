package io.exai.server.conversation;

import io.exai.persistence.conversation.ConversationEvent;
import io.exai.persistence.conversation.ConversationEvent.Begun;
import io.exai.persistence.conversation.ConversationEvent.Forgotten;
import io.exai.persistence.conversation.ConversationEvent.TurnTaken;
import io.exai.persistence.conversation.ConversationState;
import io.exai.persistence.conversation.ConversationState.Silent;
import io.exai.persistence.conversation.ConversationState.Talking;
import io.exai.persistence.conversation.Turn;
import io.exai.server.change.Change;
import io.exai.server.conversation.ConversationCommand.AskForWord;
import io.exai.server.conversation.ConversationCommand.Busy;
import io.exai.server.conversation.ConversationCommand.ConversationReply;
import io.exai.server.conversation.ConversationCommand.Floor;
import io.exai.server.conversation.ConversationCommand.HolderStopped;
import io.exai.server.conversation.ConversationCommand.Quiet;
import io.exai.server.conversation.ConversationCommand.Show;
import io.exai.server.conversation.ConversationCommand.Stop;
import io.exai.server.conversation.ConversationCommand.Sweep;
import io.exai.server.conversation.ConversationCommand.TakeTurn;
import io.exai.server.conversation.ConversationCommand.Taken;
import io.exai.server.conversation.ConversationCommand.Unknown;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;

/**
 * One conversation, sharded by its continuation id: who goes on with it has the word alone until it has taken its turn or
 * is gone.
 */
public final class Conversation
        extends EventSourcedBehavior<ConversationCommand, ConversationEvent, ConversationState> {
    public static final EntityTypeKey<ConversationCommand> KEY =
            EntityTypeKey.create(ConversationCommand.class, "conversation");

    /** How long one that nobody talks to stays in memory. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Of the resource that it is, without its id. */
    private static final String ADDRESS = "exai://conversations/";

    private static final int SNAPSHOT_EVERY = 20;

    private final ActorContext<ConversationCommand> context;
    private final ActorRef<ClusterSharding.ShardCommand> shard;
    private final Parts parts;
    private final String id;
    private final Word word = new Word();

    private Conversation(
            String id,
            ActorContext<ConversationCommand> context,
            ActorRef<ClusterSharding.ShardCommand> shard,
            Parts parts) {
        super(
                PersistenceId.of(KEY.name(), id),
                SupervisorStrategy.restartWithBackoff(Duration.ofMillis(200), Duration.ofSeconds(2), 0.1));
        this.context = context;
        this.shard = shard;
        this.id = id;
        this.parts = parts;
    }

    /**
     * What every conversation needs.
     *
     * @param lifetime it is forgotten when nobody takes a turn for this long
     * @param announcer tells clients everywhere of a change
     */
    public record Parts(Duration lifetime, Consumer<Change> announcer, Clock clock) {}

    /** The behavior of the conversation with that id. */
    public static Behavior<ConversationCommand> create(
            String id, ActorRef<ClusterSharding.ShardCommand> shard, Parts parts) {
        return Behaviors.setup(context -> {
            context.setReceiveTimeout(PATIENCE, new Quiet());
            return new Conversation(id, context, shard, parts);
        });
    }

    @Override
    public ConversationState emptyState() {
        return new Silent();
    }

    @Override
    public EventHandler<ConversationState, ConversationEvent> eventHandler() {
        return (state, event) -> event.applyTo(state);
    }

    @Override
    public RetentionCriteria retentionCriteria() {
        return RetentionCriteria.snapshotEvery(SNAPSHOT_EVERY, 2).withDeleteEventsOnSnapshot();
    }

    @Override
    public CommandHandler<ConversationCommand, ConversationEvent, ConversationState> commandHandler() {
        var on = newCommandHandlerBuilder();
        on.forAnyState()
                .onCommand(AskForWord.class, this::askForWord)
                .onCommand(TakeTurn.class, this::takeTurn)
                .onCommand(Show.class, this::show)
                .onCommand(HolderStopped.class, this::holderStopped)
                .onCommand(Sweep.class, (state, sweep) -> sweep(state))
                .onCommand(Quiet.class, (state, quiet) -> leave())
                .onCommand(Stop.class, (state, stop) -> Effect().stop());
        return on.build();
    }

    private Effect<ConversationEvent, ConversationState> askForWord(ConversationState state, AskForWord wish) {
        boolean known = isOf(state, wish.principal());
        if (!known && !(wish.begin() && state instanceof Silent)) {
            return unknown(state, wish.replyTo());
        } else if (word.isFull()) {
            wish.replyTo().tell(new Busy());
        } else {
            context.watchWith(wish.holder(), new HolderStopped(wish.holder()));
            word.add(wish);
            pass(state);
        }
        return Effect().none();
    }

    private Effect<ConversationEvent, ConversationState> takeTurn(ConversationState state, TakeTurn taking) {
        if (state instanceof Talking && !isOf(state, taking.principal())) {
            taking.replyTo().tell(new Unknown());
            return Effect().none();
        }
        List<ConversationEvent> events = events(state, taking);
        return Effect().persist(events).thenRun((ConversationState after) -> {
            taking.replyTo().tell(new Taken(turns(after).size()));
            parts.announcer().accept(new Change.Resource(ADDRESS + id));
        });
    }

    private static List<ConversationEvent> events(ConversationState state, TakeTurn taking) {
        Turn turn = taking.turn();
        if (state instanceof Talking talking) {
            return talking.has(turn.callKey()) ? List.of() : List.of(new TurnTaken(turn));
        }
        return List.of(new Begun(taking.principal(), turn.at()), new TurnTaken(turn));
    }

    private Effect<ConversationEvent, ConversationState> show(ConversationState state, Show wish) {
        if (!isOf(state, wish.principal())) {
            return unknown(state, wish.replyTo());
        }
        wish.replyTo().tell(new Floor(turns(state)));
        return Effect().none();
    }

    /** One that is not there does not stay in memory because somebody asked. */
    private Effect<ConversationEvent, ConversationState> unknown(
            ConversationState state, ActorRef<ConversationReply> replyTo) {
        replyTo.tell(new Unknown());
        return state instanceof Silent ? leave() : Effect().none();
    }

    private Effect<ConversationEvent, ConversationState> holderStopped(ConversationState state, HolderStopped gone) {
        word.remove(gone.holder());
        pass(state);
        return Effect().none();
    }

    private void pass(ConversationState state) {
        word.next().ifPresent(next -> next.replyTo().tell(new Floor(turns(state))));
    }

    private Effect<ConversationEvent, ConversationState> sweep(ConversationState state) {
        return state instanceof Talking && isForgotten(state)
                ? Effect().persist(new Forgotten(parts.clock().instant())).thenRun(this::passivate)
                : leave();
    }

    private Effect<ConversationEvent, ConversationState> leave() {
        passivate();
        return Effect().none();
    }

    /** The word is kept: who has it must be able to give it back. */
    private void passivate() {
        if (word.isFree()) {
            shard.tell(new ClusterSharding.Passivate<>(context.getSelf()));
        }
    }

    private boolean isOf(ConversationState state, String principal) {
        return state instanceof Talking talking && talking.principal().equals(principal) && !isForgotten(state);
    }

    private boolean isForgotten(ConversationState state) {
        return state instanceof Talking talking
                && Duration.between(talking.lastActive(), parts.clock().instant())
                                .compareTo(parts.lifetime())
                        > 0;
    }

    private static List<Turn> turns(ConversationState state) {
        return state instanceof Talking talking ? talking.turns() : List.of();
    }
}
