package io.exai.provider.openai;

import io.exai.provider.chat.ChatOutcome;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/**
 * Decides by status and content type how a response is read.
 *
 * @param maxSize bytes of one body
 */
record Responses(long maxSize, Clock clock) {
    BodyReader reader(HttpResponse response, Origin origin, Consumer<String> deltas) {
        int status = response.status().intValue();
        if (status != 200) {
            Duration retryAfter = response.getHeader("Retry-After")
                    .flatMap(header -> RetryAfter.parse(header.value(), clock.instant()))
                    .orElse(null);
            return new WholeBody(maxSize, body -> ErrorBody.failure(origin, status, body, retryAfter));
        }
        if (isEventStream(response)) {
            return new StreamedAnswer(origin, maxSize, deltas);
        }
        return new WholeBody(maxSize, body -> whole(body, origin, deltas));
    }

    private static ChatOutcome whole(byte[] body, Origin origin, Consumer<String> deltas) {
        return new WholeAnswer(origin, deltas).read(body);
    }

    private static boolean isEventStream(HttpResponse response) {
        return response.entity().getContentType().mediaType().toString().startsWith("text/event-stream");
    }
}
