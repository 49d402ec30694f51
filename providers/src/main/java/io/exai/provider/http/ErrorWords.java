package io.exai.provider.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.exai.provider.chat.ProviderFailure.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What vendors mean by the types and codes of their errors.
 *
 * @see <a href="https://docs.z.ai/api-reference/api-code">codes of Z.ai</a>
 * @see <a href="https://docs.anthropic.com/en/api/errors">types of Anthropic</a>
 * @see <a href="https://openrouter.ai/docs/api-reference/errors">codes of OpenRouter</a>
 */
final class ErrorWords {
    private record Words(Kind kind, List<String> words) {}

    /** Parts of types and codes, the most telling first: a type may be vague where the code is not. */
    private static final List<Words> WORDS = List.of(
            new Words(
                    Kind.NO_BALANCE,
                    List.of(
                            "insufficient_quota",
                            "exceeded_current_quota",
                            "billing",
                            "insufficient_balance",
                            "payment_required")),
            new Words(Kind.RATE_LIMITED, List.of("rate_limit", "too_many_requests")),
            new Words(Kind.NOT_FOUND, List.of("model_not_found", "not_found_error")),
            new Words(
                    Kind.UNAUTHORIZED,
                    List.of(
                            "authentication",
                            "authorized_error",
                            "permission",
                            "invalid_api_key",
                            "incorrect_api_key")),
            new Words(
                    Kind.INVALID_REQUEST,
                    List.of("invalid_request", "content_filter", "request_too_large", "context_length_exceeded")));

    private static final Map<String, Kind> CODES = codes();

    /** Anthropic gives it no type of its own. */
    private static final String NO_CREDIT = "credit balance is too low";

    private ErrorWords() {}

    /** Empty when type, code and message say nothing that the status does not. */
    static Optional<Kind> meaning(JsonNode error) {
        if (error.path("metadata").path("reasons").isArray()) { // moderation at OpenRouter
            return Optional.of(Kind.INVALID_REQUEST);
        }
        if (error.path("message").asText().contains(NO_CREDIT)) {
            return Optional.of(Kind.NO_BALANCE);
        }
        String code = error.path("code").asText();
        Kind coded = CODES.get(code);
        if (coded != null) {
            return Optional.of(coded);
        }
        String words = (error.path("type").asText() + ' ' + code).toLowerCase(Locale.ROOT);
        return WORDS.stream()
                .filter(some -> some.words().stream().anyMatch(words::contains))
                .map(Words::kind)
                .findFirst()
                .or(() -> status(code))
                .or(() -> status(error.path("http_code").asText()));
    }

    /** Some vendors repeat the status in the body, or have only there room for it. */
    private static Optional<Kind> status(String code) {
        return code.matches("[45]\\d\\d") ? Optional.of(kind(Integer.parseInt(code))) : Optional.empty();
    }

    static Kind kind(int status) {
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

    private static Map<String, Kind> codes() {
        var codes = new HashMap<String, Kind>();
        List.of("1000", "1001", "1002", "1003", "1004", "1110", "1111", "1112", "1121", "1220")
                .forEach(code -> codes.put(code, Kind.UNAUTHORIZED));
        List.of("1113", "1309").forEach(code -> codes.put(code, Kind.NO_BALANCE));
        List.of("1211", "1221", "1222", "1311").forEach(code -> codes.put(code, Kind.NOT_FOUND));
        List.of("1210", "1212", "1213", "1214", "1215", "1261", "1300", "1301")
                .forEach(code -> codes.put(code, Kind.INVALID_REQUEST));
        List.of("1302", "1303", "1304", "1305", "1308", "1310", "1312", "1313")
                .forEach(code -> codes.put(code, Kind.RATE_LIMITED));
        return Map.copyOf(codes);
    }
}
