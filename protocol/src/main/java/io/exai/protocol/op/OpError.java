package io.exai.protocol.op;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.exai.protocol.error.ErrorCode;
import io.exai.protocol.json.WireJson;
import io.exai.protocol.jsonrpc.RequestId;

/**
 * Why an operation failed; on the wire always {@code {op, request_id, error: {code, message, details?}}}.
 *
 * @param details left out when empty
 */
public record OpError(String code, String message, ObjectNode details) {
    private static final String DUPLICATE = "DUPLICATE";

    public static OpError of(ErrorCode code, String message) {
        return new OpError(code.name(), message, WireJson.object());
    }

    /** An equal call runs already, under that id. */
    public static OpError duplicate(RequestId original) {
        ObjectNode details = WireJson.object();
        details.putRawValue("original_request_id", new RawValue(original.json()));
        return new OpError(DUPLICATE, "duplicate call in flight", details);
    }

    /** The client was greeted before. */
    public static OpError secondHello() {
        OpError error = of(ErrorCode.PROTOCOL_ERROR, "hello was said before (expected: once a connection)");
        error.details.put("operation", "hello");
        return error;
    }

    /** A field of the message is not what it should be. */
    static OpError field(String field, String shown, String expected) {
        OpError error = of(ErrorCode.INVALID_REQUEST, field + ": " + shown + " (expected: " + expected + ")");
        error.details.put("field", field).put("expected", expected);
        return error;
    }
}
