package io.exai.persistence.database;

import java.util.concurrent.CompletionStage;

/** Tells whether the journal's database answers. */
public interface JournalProbe {
    /** Completes when it answered, fails otherwise, and does one of the two within a bounded time. */
    CompletionStage<Void> check();
}
