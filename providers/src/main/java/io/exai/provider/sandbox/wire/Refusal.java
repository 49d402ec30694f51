package io.exai.provider.sandbox.wire;

import io.exai.provider.json.Json;
import io.exai.provider.sandbox.wire.InvalidQuestion.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Why a vendor says no.
 *
 * @param field at fault, as far as one is
 * @param code of the vendor, where the status alone does not tell it
 */
public record Refusal(
        int status,
        String message,
        @Nullable String field,
        @Nullable String code) {
    static final String REQUEST_ID = "req_sandbox";

    public static Refusal of(int status, String message) {
        return new Refusal(status, message, null, null);
    }

    /** The code is one of Z.ai's. */
    public static Refusal of(InvalidQuestion invalid) {
        String code =
                invalid.problem() == Problem.MISSING ? "1213" : invalid.problem() == Problem.UNKNOWN ? "1210" : "1214";
        return new Refusal(400, invalid.message(), invalid.field(), code);
    }

    /** The error body of a vendor. */
    public byte[] body(Dialect dialect) {
        return switch (dialect) {
            case OPENAI -> openAi();
            case KIMI -> kimi();
            case GLM -> glm();
            case ANTHROPIC, MINIMAX -> anthropic();
        };
    }

    private byte[] openAi() {
        String type = status == 429 ? "requests" : status >= 500 ? "server_error" : "invalid_request_error";
        String reason = status == 429 ? "rate_limit_exceeded" : status == 401 ? "invalid_api_key" : null;
        return Json.object(json -> Json.object(json, "error", error -> {
            error.writeStringField("message", message);
            error.writeStringField("type", type);
            error.writeStringField("param", field);
            error.writeStringField("code", reason);
        }));
    }

    private byte[] kimi() {
        String type = switch (status) {
            case 401 -> "invalid_authentication_error";
            case 403 -> "permission_denied_error";
            case 404 -> "resource_not_found_error";
            case 429 -> "rate_limit_reached_error";
            default -> status >= 500 ? "server_error" : "invalid_request_error";
        };
        return Json.object(json -> Json.object(json, "error", error -> {
            error.writeStringField("message", message);
            error.writeStringField("type", type);
        }));
    }

    private byte[] glm() {
        String usual = switch (status) {
            case 400 -> "1210";
            case 401 -> "1002";
            case 402 -> "1113";
            case 429 -> "1302";
            default -> Integer.toString(status);
        };
        return Json.object(json -> Json.object(json, "error", error -> {
            error.writeStringField("code", code == null ? usual : code);
            error.writeStringField("message", message);
        }));
    }

    private byte[] anthropic() {
        String type = switch (status) {
            case 401 -> "authentication_error";
            case 402 -> "billing_error";
            case 403 -> "permission_error";
            case 404 -> "not_found_error";
            case 413 -> "request_too_large";
            case 429 -> "rate_limit_error";
            case 504 -> "timeout_error";
            case 529 -> "overloaded_error";
            default -> status >= 500 ? "api_error" : "invalid_request_error";
        };
        return Json.object(json -> {
            json.writeStringField("type", "error");
            Json.object(json, "error", error -> {
                error.writeStringField("type", type);
                error.writeStringField("message", message);
            });
            json.writeStringField("request_id", REQUEST_ID);
        });
    }
}
