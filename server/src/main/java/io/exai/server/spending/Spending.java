package io.exai.server.spending;

import io.exai.persistence.usage.UsageEntry;
import io.exai.server.spending.budget.Today;
import io.exai.server.spending.budget.Verdict;
import java.time.Instant;

/** What the path of a call needs to know of money, and tells of it. Any thread may call; nothing blocks. */
public interface Spending {
    /**
     * Whether that principal may spend more now. As of a moment ago: what other nodes spent since then is not in it, nor is
     * what calls that still run will cost.
     */
    Verdict verdict(String principal);

    /** What that principal may still spend today, in billionths of a US dollar; 0 when there is no limit. */
    long left(String principal);

    /** Has what a call cost counted at once and written soon. */
    void record(UsageEntry entry);

    /** What was spent today, as {@link #verdict} knows it. Being asked has the node look again soon. */
    Today figures();

    /** Costs nothing, and nothing of it is written. */
    static Spending none() {
        return new Spending() {
            @Override
            public Verdict verdict(String principal) {
                return new Verdict.Fine();
            }

            @Override
            public long left(String principal) {
                return 0;
            }

            @Override
            public void record(UsageEntry entry) {
                // nobody wants to know
            }

            @Override
            public Today figures() {
                return Today.at(Instant.EPOCH);
            }
        };
    }
}
