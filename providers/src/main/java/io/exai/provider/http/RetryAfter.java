package io.exai.provider.http;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * Reads the Retry-After header: seconds or an HTTP date.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#field.retry-after">RFC 9110</a>
 */
public final class RetryAfter {
    private RetryAfter() {}

    /** What a response asks for; null when it asks for nothing. */
    public static @Nullable Duration of(HttpResponse response, Clock clock) {
        return response.getHeader("Retry-After")
                .flatMap(header -> parse(header.value(), clock.instant()))
                .orElse(null);
    }

    /** Never negative; empty when the value is neither. */
    static Optional<Duration> parse(String value, Instant now) {
        String given = value.strip();
        if (given.matches("\\d{1,9}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(given)));
        }
        try {
            Instant then = ZonedDateTime.parse(given, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Optional.of(then.isAfter(now) ? Duration.between(now, then) : Duration.ZERO);
        } catch (DateTimeParseException neither) {
            return Optional.empty();
        }
    }
}
