package io.exai.provider.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.exai.provider.chat.ProviderFailure;
import io.exai.provider.chat.ProviderFailure.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Turns a refusal, by status or inside a stream, into a failure a user can act on. */
final class ErrorBody {
    private ErrorBody() {}

    static ProviderFailure failure(Origin origin, int status, byte[] body, @Nullable Duration retryAfter) {
        String said = said(body);
        String because = said.isEmpty() ? "" : ": " + said;
        String message = switch (status) {
            case 401, 403 ->
                "refused the key (" + status + ")" + because + " (check exai.providers." + origin.provider()
                        + ".api-key)";
            case 429 -> "asks to slow down (429)" + because;
            default -> "answered " + status + because;
        };
        return origin.failure(kind(status), message, retryAfter);
    }

    /** An {@code error} object where a chunk or an answer was expected. */
    static ProviderFailure failure(Origin origin, JsonNode error) {
        String type = (error.path("type").asText() + ' ' + error.path("code").asText()).toLowerCase(Locale.ROOT);
        Kind kind = Kind.UPSTREAM_ERROR;
        if (type.contains("rate_limit") || type.contains("429")) {
            kind = Kind.RATE_LIMITED;
        } else if (type.contains("invalid_request")) {
            kind = Kind.INVALID_REQUEST;
        }
        return origin.failure(kind, "reported an error instead of an answer: " + said(error));
    }

    private static Kind kind(int status) {
        return switch (status) {
            case 401, 403 -> Kind.UNAUTHORIZED;
            case 408 -> Kind.TIMEOUT;
            case 429 -> Kind.RATE_LIMITED;
            default -> {
                if (status >= 500) {
                    yield Kind.UPSTREAM_ERROR;
                }
                yield status >= 400 ? Kind.INVALID_REQUEST : Kind.BAD_ANSWER;
            }
        };
    }

    private static String said(byte[] body) {
        try {
            JsonNode node = Json.parse(body);
            return node.isObject() ? said(node.has("error") ? node.path("error") : node) : node.asText();
        } catch (JsonProcessingException plain) {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    private static String said(JsonNode error) {
        if (error.isTextual()) {
            return error.textValue();
        }
        String message = Json.text(error, "message");
        return message == null ? error.toString() : message;
    }
}
