package io.exai.protocol.op;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.error.ErrorCode;
import io.exai.protocol.json.MalformedJson;
import io.exai.protocol.json.WireJson;
import io.exai.protocol.jsonrpc.RequestId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads one message of a client; never throws, whatever the bytes. Fields it does not know are passed over. */
public final class OpReader {
    static final String OP = "op";
    static final String REQUEST_ID = "request_id";

    private static final List<String> SUFFIXES = List.of("_EXAI-WS", "-EXAI-WS", "_EXAI_WS", "-EXAI_WS");
    private static final int LONGEST_SHOWN = 80;

    private OpReader() {}

    public static OpFrame read(byte[] utf8) {
        JsonNode node;
        try {
            node = WireJson.parse(utf8, 0, utf8.length);
        } catch (MalformedJson problem) {
            return noJson(OpPeek.of(utf8), String.valueOf(problem.getMessage()));
        }
        return node instanceof ObjectNode message
                ? read(message)
                : new OpFrame.Malformed(null, null, OpError.field("message", shown(node), "one JSON object"));
    }

    private static OpFrame noJson(OpPeek peek, String problem) {
        OpError error = OpError.of(ErrorCode.VALIDATION_ERROR, "Invalid JSON: " + problem);
        error.details().put("parse_error", problem);
        return new OpFrame.Malformed(peek.op(), peek.requestId(), error);
    }

    private static OpFrame read(ObjectNode message) {
        JsonNode op = message.path(OP);
        JsonNode idNode = message.path(REQUEST_ID);
        RequestId id = RequestId.of(idNode).orElse(null);
        if (!op.isTextual()) {
            return malformed(null, id, OP, op, "a text, the name of an operation");
        } else if (id == null && isPresent(idNode)) {
            return malformed(
                    op.textValue(), null, REQUEST_ID, idNode, "a text or a whole number, at most 254 characters");
        }
        return switch (op.textValue()) {
            case "hello" -> hello(message);
            case "call_tool" -> callTool(message, id);
            case "list_tools" -> new OpFrame.ListTools(id);
            case "health" -> new OpFrame.Health(id);
            case "ping" -> new OpFrame.Ping(id);
            case "cancel" ->
                id == null ? malformed("cancel", null, REQUEST_ID, idNode, "the id of a call") : new OpFrame.Cancel(id);
            case "rotate_token" -> new OpFrame.RotateToken(id, text(message, "old"), text(message, "new"));
            default -> unknown(op.textValue(), id);
        };
    }

    private static OpFrame hello(ObjectNode message) {
        for (String field : List.of("session_id", "token")) {
            JsonNode value = message.path(field);
            if (isPresent(value) && !value.isTextual()) {
                return new OpFrame.Malformed("hello", null, OpError.field(field, "not a text", "a text"));
            }
        }
        return new OpFrame.Hello(text(message, "session_id"), text(message, "token"));
    }

    private static OpFrame callTool(ObjectNode message, @Nullable RequestId id) {
        JsonNode name = message.path("name");
        JsonNode arguments = message.path("arguments");
        if (!name.isTextual() || name.textValue().isEmpty()) {
            return malformed("call_tool", id, "name", name, "the name of a tool");
        } else if (isPresent(arguments) && !arguments.isObject()) {
            return malformed("call_tool", id, "arguments", arguments, "an object");
        }
        return new OpFrame.CallTool(
                id,
                withoutSuffix(name.textValue()),
                arguments instanceof ObjectNode object ? (ObjectNode) sorted(object) : WireJson.object());
    }

    /** Equal arguments become equal text, in whatever order they were written. */
    private static JsonNode sorted(JsonNode node) {
        if (node instanceof ArrayNode array) {
            ArrayNode items = array.arrayNode();
            array.forEach(item -> items.add(sorted(item)));
            return items;
        } else if (node instanceof ObjectNode object) {
            Map<String, JsonNode> fields = new TreeMap<>();
            object.properties().forEach(field -> fields.put(field.getKey(), sorted(field.getValue())));
            return WireJson.object().setAll(fields);
        }
        return node;
    }

    private static OpFrame unknown(String op, @Nullable RequestId id) {
        String shown = op.length() > LONGEST_SHOWN ? op.substring(0, LONGEST_SHOWN) + "..." : op;
        OpError error = OpError.of(ErrorCode.PROTOCOL_ERROR, "Unknown operation: " + shown);
        error.details().put("operation", shown);
        return new OpFrame.Malformed(op, id, error);
    }

    private static OpFrame malformed(
            @Nullable String op, @Nullable RequestId id, String field, JsonNode value, String expected) {
        return new OpFrame.Malformed(op, id, OpError.field(field, shown(value), expected));
    }

    private static String withoutSuffix(String name) {
        return SUFFIXES.stream()
                .filter(suffix -> name.endsWith(suffix) && name.length() > suffix.length())
                .findFirst()
                .map(suffix -> name.substring(0, name.length() - suffix.length()))
                .orElse(name);
    }

    private static @Nullable String text(ObjectNode message, String field) {
        return message.path(field).textValue();
    }

    private static boolean isPresent(JsonNode value) {
        return !value.isMissingNode() && !value.isNull();
    }

    private static String shown(JsonNode node) {
        String text = node.isMissingNode() ? "missing" : node.toString();
        return text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "..." : text;
    }
}
