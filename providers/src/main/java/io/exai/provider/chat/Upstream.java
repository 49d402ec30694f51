package io.exai.provider.chat;

import java.util.function.Consumer;

/** A vendor as a provider actor sees it: somewhere to send requests, with connections of its own. */
public interface Upstream {
    /**
     * Sends the request and returns at once.
     *
     * @param pieces receives each piece of a streamed answer, on any thread, before the outcome completes
     */
    Exchange open(ChatRequest request, Consumer<Piece> pieces);

    /** Where requests go, for people to read. */
    String address();

    /** Closes every connection; exchanges still open end with a failure. */
    void close();
}
