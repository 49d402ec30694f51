package io.exai.protocol.error;

/** Why a call failed, in the daemon's own words; told beside the text in {@code _meta["io.exai/error"]}. */
public enum ErrorCode {
    INVALID_REQUEST("client_error", false),
    UNAUTHORIZED("auth_error", false),
    NOT_FOUND("client_error", false),
    TIMEOUT("timeout_error", true),
    VALIDATION_ERROR("validation_error", false),
    OVER_CAPACITY("rate_limit_error", true),
    INTERNAL_ERROR("server_error", true),
    SERVICE_UNAVAILABLE("server_error", true),
    TOOL_NOT_FOUND("client_error", false),
    TOOL_EXECUTION_ERROR("tool_error", false),
    PROVIDER_ERROR("provider_error", true),
    PROTOCOL_ERROR("client_error", false),
    CANCELLED("client_error", false);

    private final String category;
    private final boolean retryable;

    ErrorCode(String category, boolean retryable) {
        this.category = category;
        this.retryable = retryable;
    }

    public String category() {
        return category;
    }

    /** Whether the same call may succeed later, unless the occasion knows better. */
    public boolean retryable() {
        return retryable;
    }
}
