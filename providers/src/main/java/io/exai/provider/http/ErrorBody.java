package io.exai.provider.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.exai.provider.chat.ProviderFailure;
import io.exai.provider.chat.ProviderFailure.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns a refusal, by status or inside an answer, into a failure a user can act on. All vendors send an object with a
 * message and a type, a code, or both; only the words differ.
 */
public final class ErrorBody {
    /** Words for an account without means, which some vendors put under status 429. */
    private static final Set<String> NO_BALANCE =
            Set.of("insufficient_quota", "exceeded_current_quota", "billing", "insufficient_balance", "1113");

    private static final Set<String> RATE_LIMITED = Set.of("rate_limit", "429", "1302", "1303", "1304", "1305");
    private static final Set<String> INVALID = Set.of("invalid_request", "content_filter", "1210", "1214", "1301");
    private static final Set<String> UNAUTHORIZED =
            Set.of("authentication", "permission", "invalid_api_key", "1000", "1001", "1002", "1003", "1004");

    private ErrorBody() {}

    static ProviderFailure failure(Origin origin, int status, byte[] body, @Nullable Duration retryAfter) {
        JsonNode error = error(body);
        String said = error.isMissingNode() ? new String(body, StandardCharsets.UTF_8) : said(error);
        String because = said.isBlank() ? "" : ": " + said;
        Kind kind = status == 429 || status == 403
                ? meaning(error).filter(Kind.NO_BALANCE::equals).orElse(kind(status))
                : kind(status);
        String message = switch (kind) {
            case UNAUTHORIZED ->
                "refused the key (" + status + ")" + because + " (check exai.providers.vendors." + origin.provider()
                        + ".api-key)";
            case NO_BALANCE -> "wants to be paid (" + status + ")" + because;
            case RATE_LIMITED -> "asks to slow down (" + status + ")" + because;
            case NOT_FOUND -> "does not know the model " + origin.model() + " (" + status + ")" + because;
            default -> "answered " + status + because;
        };
        return origin.failure(kind, message, retryAfter);
    }

    /** An {@code error} object where a chunk or an answer was expected. */
    public static ProviderFailure failure(Origin origin, JsonNode error) {
        Kind kind = meaning(error).orElse(Kind.UPSTREAM_ERROR);
        return origin.failure(kind, "reported an error instead of an answer: " + said(error));
    }

    private static Kind kind(int status) {
        return switch (status) {
            case 401, 403 -> Kind.UNAUTHORIZED;
            case 402 -> Kind.NO_BALANCE;
            case 404 -> Kind.NOT_FOUND;
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

    /** By type and code, the most telling first. */
    private static Optional<Kind> meaning(JsonNode error) {
        String words = (error.path("type").asText() + ' ' + error.path("code").asText()).toLowerCase(Locale.ROOT);
        if (names(words, NO_BALANCE)) {
            return Optional.of(Kind.NO_BALANCE);
        } else if (names(words, RATE_LIMITED)) {
            return Optional.of(Kind.RATE_LIMITED);
        } else if (names(words, INVALID)) {
            return Optional.of(Kind.INVALID_REQUEST);
        }
        return names(words, UNAUTHORIZED) ? Optional.of(Kind.UNAUTHORIZED) : Optional.empty();
    }

    private static boolean names(String words, Set<String> some) {
        return some.stream().anyMatch(words::contains);
    }

    /** The object that tells of the error; missing when the body is no JSON. */
    private static JsonNode error(byte[] body) {
        try {
            JsonNode node = Json.parse(body);
            return node.isObject() && node.has("error") ? node.path("error") : node;
        } catch (JsonProcessingException plain) {
            return MissingNode.getInstance();
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
