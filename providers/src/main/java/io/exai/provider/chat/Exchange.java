package io.exai.provider.chat;

import java.util.concurrent.CompletionStage;

/** One request on its way to a vendor and back. */
public interface Exchange {
    /** Completes exactly once and never exceptionally. */
    CompletionStage<ChatOutcome> outcome();

    /** Closes the connection so that the vendor notices; harmless when the exchange has ended. */
    void cancel();
}
