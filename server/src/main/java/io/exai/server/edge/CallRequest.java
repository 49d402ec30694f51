package io.exai.server.edge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.error.ErrorCode;
import io.exai.protocol.json.WireJson;
import io.exai.protocol.jsonrpc.RequestId;
import io.exai.protocol.jsonrpc.RpcError;
import io.exai.protocol.mcp.Meta;
import io.exai.server.tool.ArgumentCheck;
import io.exai.server.tool.ModelCheck;
import io.exai.server.tool.Tool;
import io.exai.server.tool.ToolAnswer;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the params of a {@code tools/call} amount to, once held against the tool's schema. */
sealed interface CallRequest {
    /** The request breaks the protocol: a JSON-RPC error. */
    record Refused(RpcError error) implements CallRequest {}

    /** The arguments do not fit: an answer that the model can act on. */
    record Wrong(ObjectNode answer) implements CallRequest {}

    /** May run; arguments and token are JSON text. */
    record Accepted(String tool, String arguments, @Nullable String progressToken) implements CallRequest {}

    static CallRequest of(ObjectNode params, EdgeParts parts) {
        JsonNode name = params.path("name");
        JsonNode arguments = params.path("arguments");
        JsonNode token = params.path(Meta.FIELD).path(Meta.PROGRESS_TOKEN);
        if (!name.isTextual()) {
            return refused("name", name, "the name of a tool");
        } else if (!arguments.isMissingNode() && !arguments.isObject()) {
            return refused("arguments", arguments, "an object");
        } else if (!token.isMissingNode() && RequestId.of(token).isEmpty()) {
            return refused("_meta.progressToken", token, "a string or an integer");
        }
        Optional<Tool> tool = parts.toolbox().find(name.textValue());
        if (tool.isEmpty()) {
            return new Refused(
                    RpcError.of(RpcError.INVALID_PARAMS, parts.toolbox().unknown(name.textValue())));
        }
        ObjectNode given = arguments.isObject() ? (ObjectNode) arguments : WireJson.object();
        List<String> problems = problems(tool.get(), given, parts);
        return problems.isEmpty()
                ? new Accepted(
                        name.textValue(),
                        WireJson.write(given),
                        RequestId.of(token).map(RequestId::json).orElse(null))
                : new Wrong(ToolAnswer.error(ErrorCode.VALIDATION_ERROR, String.join("; ", problems), false, 0));
    }

    private static List<String> problems(Tool tool, ObjectNode arguments, EdgeParts parts) {
        List<String> problems = ArgumentCheck.problems(tool, arguments);
        return problems.isEmpty() ? ModelCheck.problems(tool, arguments, parts.catalogue()) : problems;
    }

    private static Refused refused(String field, JsonNode value, String expected) {
        return new Refused(
                RpcError.of(RpcError.INVALID_PARAMS, field + ": " + Shown.of(value) + " (expected: " + expected + ")"));
    }
}
