package io.exai.persistence.journal;

import io.exai.persistence.Durable;
import java.time.Instant;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.javadsl.CommandHandlerWithReply;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehaviorWithEnforcedReplies;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;

/** The smallest entity that uses all of the journal: it counts what it is given, and answers the count. */
public final class Tally extends EventSourcedBehaviorWithEnforcedReplies<Tally.Command, Tally.Counted, Tally.Count> {
    /** What a tally is told. */
    public sealed interface Command {}

    /** Counts one; answered when that is on disk. */
    public record Add(String text, ActorRef<Count> replyTo) implements Command {}

    /** Tells the count. */
    public record Read(ActorRef<Count> replyTo) implements Command {}

    /** One was counted. */
    public record Counted(String text, Instant at) implements Durable {}

    /** How many were counted, and the last of them. */
    public record Count(long total, String last) implements Durable {}

    private final int snapshotEvery;

    private Tally(String id, int snapshotEvery) {
        super(PersistenceId.ofUniqueId(id));
        this.snapshotEvery = snapshotEvery;
    }

    /** Keeps one snapshot and deletes the events before it; {@code snapshotEvery} 0 keeps all events. */
    public static Behavior<Command> create(String id, int snapshotEvery) {
        return new Tally(id, snapshotEvery);
    }

    @Override
    public Count emptyState() {
        return new Count(0, "");
    }

    @Override
    public CommandHandlerWithReply<Command, Counted, Count> commandHandler() {
        return newCommandHandlerWithReplyBuilder()
                .forAnyState()
                .onCommand(
                        Add.class,
                        add -> Effect()
                                .persist(new Counted(add.text(), Instant.EPOCH))
                                .thenReply(add.replyTo(), count -> count))
                .onCommand(Read.class, (count, read) -> Effect().reply(read.replyTo(), count))
                .build();
    }

    @Override
    public EventHandler<Count, Counted> eventHandler() {
        return (count, counted) -> new Count(count.total() + 1, counted.text());
    }

    @Override
    public RetentionCriteria retentionCriteria() {
        return snapshotEvery == 0
                ? RetentionCriteria.disabled()
                : RetentionCriteria.snapshotEvery(snapshotEvery, 1).withDeleteEventsOnSnapshot();
    }
}
