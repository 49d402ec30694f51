package io.exai.server.edge;

import java.util.Optional;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.jspecify.annotations.Nullable;

/** What the headers of a request say. */
final class RequestHeaders {
    static final String SESSION = "Mcp-Session-Id";
    static final String LAST_EVENT = "Last-Event-ID";

    private RequestHeaders() {}

    static @Nullable String value(HttpRequest request, String name) {
        return request.getHeader(name).map(HttpHeader::value).orElse(null);
    }

    /** Whether the client takes such content. */
    static boolean accepts(HttpRequest request, String type) {
        Optional<String> accept = request.getHeader("Accept").map(HttpHeader::value);
        return accept.isEmpty()
                || accept.get().contains(type)
                || accept.get().contains("*/*")
                || accept.get().contains(type.substring(0, type.indexOf('/')) + "/*");
    }

    static boolean acceptsEvents(HttpRequest request) {
        return accepts(request, "text/event-stream");
    }
}
