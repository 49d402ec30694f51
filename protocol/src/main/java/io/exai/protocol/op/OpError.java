package io.exai.protocol.op;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.error.ErrorCode;
import io.exai.protocol.json.WireJson;

/**
 * Why an operation failed; on the wire always {@code {op, request_id, error: {code, message, details?}}}.
 *
 * @param details left out when empty
 */
public record OpError(String code, String message, ObjectNode details) {
    /** An equal call of the session runs under another id; no code of the daemon's own list. */
    public static final String DUPLICATE = "DUPLICATE";

    public static OpError of(ErrorCode code, String message) {
        return new OpError(code.name(), message, WireJson.object());
    }

    /** A field of the message is not what it should be. */
    static OpError field(String field, String shown, String expected) {
        OpError error = of(ErrorCode.INVALID_REQUEST, field + ": " + shown + " (expected: " + expected + ")");
        error.details.put("field", field).put("expected", expected);
        return error;
    }
}
