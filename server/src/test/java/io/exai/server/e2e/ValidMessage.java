package io.exai.server.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import io.exai.protocol.json.MalformedJson;
import io.exai.protocol.json.WireJson;
import io.exai.protocol.mcp.Revision;
import io.exai.server.wire.WireSchema;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads what the daemon sends, and fails when the schema of its revision does not allow it. */
public final class ValidMessage {
    /** By a member that only results of that kind have. */
    private static final Map<String, String> RESULTS = new LinkedHashMap<>(Map.of(
            "content", "CallToolResult",
            "tools", "ListToolsResult",
            "prompts", "ListPromptsResult",
            "resources", "ListResourcesResult",
            "contents", "ReadResourceResult",
            "completion", "CompleteResult"));

    private ValidMessage() {}

    /** One message of MCP. */
    public static JsonNode parse(String text) throws MalformedJson {
        JsonNode message = WireJson.parse(text);
        if (message.isArray()) {
            message.forEach(ValidMessage::check);
        } else if (message.has("jsonrpc")) {
            check(message);
        }
        return message;
    }

    private static void check(JsonNode message) {
        JsonNode result = message.path("result");
        boolean modern = result.has("resultType")
                || message.path("params").path("_meta").has("io.modelcontextprotocol/subscriptionId");
        WireSchema schema = WireSchema.of(modern ? Revision.R2026_07_28 : Revision.R2025_11_25);
        if (message.has("method")) {
            schema.check(message.has("id") ? "ServerRequest" : "ServerNotification", message);
        } else if (message.has("error")) {
            schema.check("JSONRPCErrorResponse", message);
        } else {
            schema.check("JSONRPCResultResponse", message);
            RESULTS.forEach((member, kind) -> {
                if (result.has(member)) {
                    schema.check(kind, result);
                }
            });
            if (result.has("protocolVersion")) {
                schema.check("InitializeResult", result);
            }
        }
    }
}
