package io.exai.server.feature;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.jsonrpc.RpcError;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Ends the work on a request that cannot be answered. */
final class Refusal extends Exception {
    private static final long serialVersionUID = 1;
    private static final int LONGEST_SHOWN = 80;

    private final int code;
    private final transient @Nullable ObjectNode data;

    Refusal(int code, String message, @Nullable ObjectNode data) {
        super(message);
        this.code = code;
        this.data = data;
    }

    static Refusal of(RpcError error) {
        return new Refusal(error.code(), error.message(), error.data());
    }

    /** A parameter that is not what it should be. */
    static Refusal of(String field, JsonNode value, String expected) {
        return wrong(field, value.isMissingNode() ? "missing" : value.toString(), expected);
    }

    /** A name that is not known. */
    static Refusal unknown(String name, String expected) {
        return wrong(shown(name), "unknown", expected);
    }

    /** A text of the client as a message may repeat it. */
    static String shown(String text) {
        return text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "..." : text;
    }

    static Refusal invalid(String message) {
        return new Refusal(RpcError.INVALID_PARAMS, message, null);
    }

    private static Refusal wrong(String name, String value, String expected) {
        return invalid(name + ": " + shown(value) + " (expected: " + expected + ")");
    }

    RpcError error() {
        return new RpcError(code, Objects.requireNonNullElse(getMessage(), ""), data);
    }
}
