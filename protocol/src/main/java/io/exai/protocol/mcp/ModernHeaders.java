package io.exai.protocol.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.jsonrpc.RpcError;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Holds the HTTP headers of a 2026-07-28 request against its body, which they repeat for gateways. Pure.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/basic/transports/streamable-http#request-metadata">MCP
 *     2026-07-28, request metadata</a>
 */
public final class ModernHeaders {
    public static final String PROTOCOL_VERSION = "MCP-Protocol-Version";
    public static final String METHOD = "Mcp-Method";
    public static final String NAME = "Mcp-Name";
    public static final String PARAM_PREFIX = "Mcp-Param-";

    private static final String ENCODED_START = "=?base64?";
    private static final String ENCODED_END = "?=";
    private static final Pattern WHOLE = Pattern.compile("^(-?[0-9]+)\\.0+$");

    private final Function<String, Optional<String>> headers;

    /** {@code headers} finds a header whatever the case of its name. */
    public ModernHeaders(Function<String, Optional<String>> headers) {
        this.headers = headers;
    }

    /** What is wrong with the version, the method or the name; empty when all is well. */
    public Optional<RpcError> problem(String method, ObjectNode params) {
        JsonNode version = params.path(Meta.FIELD).path(Meta.PROTOCOL_VERSION);
        Optional<RpcError> wrong = compare(PROTOCOL_VERSION, version.asText());
        if (wrong.isEmpty()) {
            wrong = compare(METHOD, method);
        }
        String source = nameSource(method);
        if (wrong.isEmpty() && source != null && params.path(source).isTextual()) {
            wrong = compare(NAME, params.path(source).textValue());
        }
        return wrong;
    }

    /** What is wrong with the headers that repeat arguments, by the tool's {@code x-mcp-header} marks. */
    public Optional<RpcError> problem(JsonNode inputSchema, JsonNode arguments) {
        List<Mark> marks = new ArrayList<>();
        collect(inputSchema, arguments, marks);
        for (Mark mark : marks) {
            String name = PARAM_PREFIX + mark.header();
            boolean absent = mark.value().isMissingNode() || mark.value().isNull();
            Optional<RpcError> wrong = absent
                    ? headers.apply(name)
                            .map(given -> mismatch(name, given, "no such header, as the argument is absent"))
                    : compare(name, mark.value());
            if (wrong.isPresent()) {
                return wrong;
            }
        }
        return Optional.empty();
    }

    /** A marked property and its value in the arguments. */
    private record Mark(String header, JsonNode value) {}

    private static void collect(JsonNode schema, JsonNode value, List<Mark> marks) {
        schema.path("properties").properties().forEach(property -> {
            JsonNode mark = property.getValue().path("x-mcp-header");
            JsonNode inside = value.path(property.getKey());
            if (mark.isTextual()) {
                marks.add(new Mark(mark.textValue(), inside));
            }
            collect(property.getValue(), inside, marks);
        });
    }

    private static @Nullable String nameSource(String method) {
        return switch (method) {
            case "tools/call", "prompts/get" -> "name";
            case "resources/read" -> "uri";
            case "tasks/get", "tasks/update", "tasks/cancel" -> "taskId";
            default -> null;
        };
    }

    /** Numbers are compared as such: {@code 42.0} is 42. */
    private Optional<RpcError> compare(String name, JsonNode expected) {
        Optional<String> given = headers.apply(name).map(String::strip);
        return expected.isNumber() && given.map(ModernHeaders::whole).equals(Optional.of(whole(expected.asText())))
                ? Optional.empty()
                : compare(name, expected.asText());
    }

    private static String whole(String number) {
        return WHOLE.matcher(number).replaceFirst("$1");
    }

    private Optional<RpcError> compare(String name, String expected) {
        Optional<String> given = headers.apply(name).map(String::strip);
        if (given.isEmpty()) {
            return Optional.of(RpcError.of(
                    RpcError.HEADER_MISMATCH, name + ": missing (expected: " + shown(expected) + ", as in the body)"));
        }
        return decode(given.get()).filter(expected::equals).isPresent()
                ? Optional.empty()
                : Optional.of(mismatch(name, given.get(), shown(expected) + ", as in the body"));
    }

    /** Empty when the value says that it is encoded, but is not. */
    private static Optional<String> decode(String value) {
        if (!value.startsWith(ENCODED_START)
                || !value.endsWith(ENCODED_END)
                || value.length() < ENCODED_START.length() + ENCODED_END.length()) {
            return Optional.of(value);
        }
        String inner = value.substring(ENCODED_START.length(), value.length() - ENCODED_END.length());
        try {
            return inner.length() % 4 == 0
                    ? Optional.of(new String(Base64.getDecoder().decode(inner), StandardCharsets.UTF_8))
                    : Optional.empty();
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private static RpcError mismatch(String name, String given, String expected) {
        return RpcError.of(RpcError.HEADER_MISMATCH, name + ": " + shown(given) + " (expected: " + expected + ")");
    }

    private static String shown(String text) {
        return text.length() > 100 ? text.substring(0, 100) + "..." : text;
    }
}
