package io.exai.provider.http;

import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;

/** Headers that more than one wire format sends. */
public final class Headers {
    private Headers() {}

    public static HttpHeader accept(boolean stream) {
        return RawHeader.create("Accept", stream ? "text/event-stream" : "application/json");
    }

    public static HttpHeader idempotencyKey(String callKey) {
        return RawHeader.create("Idempotency-Key", printable(callKey));
    }

    /** A header value holds no line ends. */
    private static String printable(String callKey) {
        return callKey.chars().allMatch(c -> c > ' ' && c < 127) ? callKey : callKey.replaceAll("[^!-~]", "-");
    }
}
