package io.exai.provider.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.exai.provider.chat.ProviderFailure;
import io.exai.provider.chat.ProviderFailure.Kind;
import io.exai.provider.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Turns a refusal, by status or inside an answer, into a failure a user can act on. All vendors send an object with a
 * message and a type, a code, or both; only the words differ.
 */
public final class ErrorBody {
    private ErrorBody() {}

    /** A response with a status that is no success. */
    public static ProviderFailure failure(Origin origin, int status, byte[] body, @Nullable Duration retryAfter) {
        JsonNode error = error(body);
        String said = error.isMissingNode() ? new String(body, StandardCharsets.UTF_8) : said(error);
        String because = said.isBlank() ? "" : ": " + said;
        Kind kind = kind(status, error);
        String message = switch (kind) {
            case UNAUTHORIZED ->
                "refused the key (" + status + ")" + because + " (check exai.providers.vendors." + origin.provider()
                        + ".api-key)";
            case NO_BALANCE -> "wants to be paid (" + status + ")" + because;
            case RATE_LIMITED -> "asks to slow down (" + status + ")" + because;
            case NOT_FOUND -> "does not know " + origin.subject() + " (" + status + ")" + because;
            default -> "answered " + status + because;
        };
        return origin.failure(kind, message, retryAfter);
    }

    /** Whether this stands where a chunk or an answer was expected. */
    public static boolean isError(JsonNode document) {
        return document.hasNonNull("error") || document.path("object").asText().equals("error");
    }

    /** A document that {@link #isError}. */
    public static ProviderFailure failure(Origin origin, JsonNode document) {
        JsonNode error = error(document);
        Kind kind = ErrorWords.meaning(error).orElse(Kind.UPSTREAM_ERROR);
        return origin.failure(kind, "reported an error instead of an answer: " + said(error));
    }

    /** Some statuses are used for more than one thing; what the body says then goes first. */
    private static Kind kind(int status, JsonNode error) {
        Kind plain = ErrorWords.kind(status);
        return switch (status) {
            case 400, 429 ->
                ErrorWords.meaning(error)
                        .filter(kind -> kind != Kind.INVALID_REQUEST)
                        .orElse(plain);
            case 403 -> ErrorWords.meaning(error).orElse(plain);
            default -> plain;
        };
    }

    /** The object that tells of the error; missing when the body is no JSON. */
    private static JsonNode error(byte[] body) {
        try {
            return error(Json.parse(body));
        } catch (JsonProcessingException plain) {
            return MissingNode.getInstance();
        }
    }

    private static JsonNode error(JsonNode document) {
        return document.hasNonNull("error") ? document.path("error") : document;
    }

    private static String said(JsonNode error) {
        if (error.isTextual()) {
            return error.textValue();
        }
        String message = Json.text(error, "message");
        String raw = Json.text(error.path("metadata"), "raw"); // what the vendor behind OpenRouter said
        String said = message == null ? error.toString() : message;
        return raw == null ? said : said + ": " + raw;
    }
}
