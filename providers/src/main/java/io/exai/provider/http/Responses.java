package io.exai.provider.http;

import io.exai.provider.chat.ChatRequest;
import io.exai.provider.chat.Piece;
import java.time.Clock;
import java.util.function.Consumer;
import org.apache.pekko.http.javadsl.model.HttpResponse;

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
            return new WholeBody(
                    maxSize, body -> ErrorBody.failure(origin, status, body, RetryAfter.of(response, clock)));
        }
        format.heard(request, response);
        Consumer<Piece> heard = request.stream() ? pieces : unheard -> {};
        return isEventStream(response)
                ? format.events(origin, maxSize, heard)
                : format.document(origin, maxSize, heard);
    }

    private static boolean isEventStream(HttpResponse response) {
        return response.entity().getContentType().mediaType().toString().startsWith("text/event-stream");
    }
}
