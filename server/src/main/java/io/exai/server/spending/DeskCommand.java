package io.exai.server.spending;

import io.exai.persistence.usage.UsageEntry;
import io.exai.persistence.usage.UsageTotals;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/** What the desk of a node's spending hears. */
sealed interface DeskCommand {
    /** Counts what a call cost, and writes it soon. */
    record Add(UsageEntry entry) implements DeskCommand {}

    /** Writes what is left, and ends; answered when that is done or has taken too long. */
    record Stop(ActorRef<Done> replyTo) implements DeskCommand {}

    /** From the desk itself: something that was counted is not on the board yet. */
    record Changed() implements DeskCommand {}

    /** From the desk itself. */
    record WriteDue() implements DeskCommand {}

    /** From the desk itself: a batch is written, or may not be. */
    record Written(@Nullable Throwable failure) implements DeskCommand {}

    /** From the desk itself. */
    record LookDue() implements DeskCommand {}

    /** From the desk itself: what the database tells of a day, null when it does not. */
    record Looked(
            LocalDate day,
            Instant began,
            @Nullable Map<String, UsageTotals> spent,
            @Nullable Throwable failure) implements DeskCommand {}

    /** From the desk itself. */
    record SweepDue() implements DeskCommand {}

    /** From the desk itself: old entries are removed, or will be the next time. */
    record Swept() implements DeskCommand {}

    /** From the desk itself: what is not written now will never be. */
    record FlushPatienceOver() implements DeskCommand {}
}
