package io.exai.server.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.json.WireJson;
import io.exai.protocol.mcp.Meta;
import io.exai.server.script.InputRequest;
import io.exai.server.script.Invocation;
import io.exai.server.script.Script;
import io.exai.server.script.Step;
import java.util.List;
import java.util.Map;

/**
 * Asks the client's own model what the tool would ask one of ours.
 *
 * @param system the system prompt
 * @param user template of the user message over the call's arguments
 * @see <a href="https://modelcontextprotocol.io/specification/2025-11-25/client/sampling">MCP, sampling</a>
 */
record ClientModel(String system, String user) implements Script {
    private static final String KEY = "model";
    private static final int MOST_TOKENS = 8_192;

    @Override
    public List<Step> next(Invocation invocation) {
        JsonNode said = invocation.inputs().get(KEY);
        JsonNode content = said == null ? null : said.path("content");
        JsonNode first = content == null ? null : content.isArray() ? content.path(0) : content;
        if (said == null || first == null || !first.path("text").isTextual()) {
            return List.of(new Step.Ask(Map.of(KEY, question(invocation.arguments())), null));
        }
        ObjectNode answer = ToolAnswer.text(first.path("text").textValue());
        answer.putObject(Meta.FIELD)
                .put("io.exai/provider", "client")
                .put("io.exai/model", said.path("model").asText("unknown"));
        return List.of(new Step.Complete(answer));
    }

    private InputRequest question(JsonNode arguments) {
        ObjectNode params = WireJson.object();
        params.putArray("messages")
                .addObject()
                .put("role", "user")
                .putObject("content")
                .put("type", "text")
                .put("text", Template.fill(user, name -> arguments.path(name).asText()));
        params.put("systemPrompt", system).put("maxTokens", MOST_TOKENS);
        return new InputRequest("sampling/createMessage", params);
    }
}
