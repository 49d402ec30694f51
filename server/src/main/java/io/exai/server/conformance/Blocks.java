package io.exai.server.conformance;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.json.WireJson;
import io.exai.server.script.Step;
import java.util.List;

/** Contents of answers and prompts. */
final class Blocks {
    /** A PNG of one pixel. */
    static final String PNG =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
    /** A WAV without a sample. */
    static final String WAV = "UklGRiYAAABXQVZFZm10IBAAAAABAAEAQB8AAIA+AAACABAAZGF0YQIAAAAAAA==";

    private Blocks() {}

    static ObjectNode text(String text) {
        return WireJson.object().put("type", "text").put("text", text);
    }

    static ObjectNode image() {
        return WireJson.object().put("type", "image").put("data", PNG).put("mimeType", "image/png");
    }

    static ObjectNode audio() {
        return WireJson.object().put("type", "audio").put("data", WAV).put("mimeType", "audio/wav");
    }

    static ObjectNode resource(String uri, String mimeType, String text) {
        ObjectNode block = WireJson.object().put("type", "resource");
        block.putObject("resource").put("uri", uri).put("mimeType", mimeType).put("text", text);
        return block;
    }

    /** The end of a call, with these contents. */
    static Step.Complete complete(List<ObjectNode> blocks) {
        ObjectNode result = WireJson.object();
        result.putArray("content").addAll(blocks);
        return new Step.Complete(result);
    }

    static Step.Complete complete(String text) {
        return complete(List.of(text(text)));
    }

    /** The end of a call that did not do what it should. */
    static Step.Complete failure(String text) {
        Step.Complete end = complete(text);
        end.result().put("isError", true);
        return end;
    }
}
