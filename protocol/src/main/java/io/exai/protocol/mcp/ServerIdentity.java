package io.exai.protocol.mcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.json.WireJson;

/** What the daemon says of itself. */
public record ServerIdentity(String version, String instructions) {
    static final String NAME = "exai";

    /** As MCP's Implementation. */
    public ObjectNode toJson() {
        return WireJson.object()
                .put("name", NAME)
                .put("title", "exai MCP daemon")
                .put("version", version);
    }
}
