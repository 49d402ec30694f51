package io.exai.server.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.error.ErrorCode;
import io.exai.protocol.json.WireJson;
import io.exai.protocol.mcp.Meta;

/** Builds the body of a tool's answer, in the shape that all revisions share: content, structuredContent, _meta. */
public final class ToolAnswer {
    private ToolAnswer() {}

    public static ObjectNode text(String text) {
        ObjectNode answer = WireJson.object();
        answer.putArray("content").addObject().put("type", "text").put("text", text);
        return answer;
    }

    /** A failure the model can read and act on. */
    public static ObjectNode error(ErrorCode code, String message, boolean retryable, long retryAfterMillis) {
        ObjectNode answer = text(code + ": " + message);
        answer.put("isError", true);
        ObjectNode error = answer.putObject(Meta.FIELD).putObject(Meta.ERROR);
        error.put("code", code.name()).put("category", code.category()).put("retryable", retryable);
        if (retryAfterMillis > 0) {
            error.put("retryAfterMs", retryAfterMillis);
        }
        return answer;
    }
}
