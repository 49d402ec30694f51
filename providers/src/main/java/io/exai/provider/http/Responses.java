package io.exai.provider.http;

import io.exai.provider.chat.ChatRequest;
import io.exai.provider.chat.Piece;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * Decides by status and content type how a response is read.
 *
 * @param maxSize bytes of one body
 */
record Responses(WireFormat format, long maxSize, Clock clock) {
    /** Reads the response to that request. */
    BodyReader reader(ChatRequest request, HttpResponse response, Origin origin, Consumer<Piece> pieces) {
        int status = response.status().intValue();
        if (status != 200) {
            return new WholeBody(maxSize, body -> ErrorBody.failure(origin, status, body, retryAfter(response)));
        }
        format.heard(request, response);
        Consumer<Piece> heard = request.stream() ? pieces : unheard -> {};
        return isEventStream(response)
                ? format.events(origin, maxSize, heard)
                : format.document(origin, maxSize, heard);
    }

    private @Nullable Duration retryAfter(HttpResponse response) {
        return response.getHeader("Retry-After")
                .flatMap(header -> RetryAfter.parse(header.value(), clock.instant()))
                .orElse(null);
    }

    private static boolean isEventStream(HttpResponse response) {
        return response.entity().getContentType().mediaType().toString().startsWith("text/event-stream");
    }
}
