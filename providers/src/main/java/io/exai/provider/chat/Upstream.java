package io.exai.provider.chat;

/** A vendor as a provider actor sees it: somewhere to send requests, with connections of its own. */
public interface Upstream {
    /**
     * Sends the request and returns at once.
     *
     * @param pieces takes each piece of a streamed answer before the outcome completes
     */
    Exchange open(ChatRequest request, Pieces pieces);

    /** Where requests go, for people to read. */
    String address();

    /** Closes every connection; exchanges still open end with a failure. */
    void close();
}
