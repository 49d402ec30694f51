package io.exai.persistence.usage;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Keeps what calls cost, for all nodes. Of a span of time the first instant belongs to it and the last does not. */
public interface UsageStore {
    /** Adds all or none; a failure may leave open which. Of equal ids the first one stays, so all may be added again. */
    CompletionStage<Void> add(List<UsageEntry> entries);

    /** What each principal has spent from then on. */
    CompletionStage<Map<String, UsageTotals>> spent(Instant from);

    /** What calls cost by what they have in common: days in their order, all else by cost, the most expensive first. */
    CompletionStage<List<UsageGroup>> totals(Grouping by, Instant from, Instant to);

    /** How tools used models. */
    CompletionStage<List<UsagePattern>> patterns(Instant from, Instant to);

    /** Removes what is older; tells how many went. */
    CompletionStage<Integer> removeBefore(Instant oldest);
}
