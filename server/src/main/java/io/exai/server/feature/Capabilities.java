package io.exai.server.feature;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.json.WireJson;
import io.exai.protocol.mcp.Era;
import io.exai.protocol.mcp.Meta;
import io.exai.protocol.mcp.Revision;

/** What the daemon can do, as each revision says it. */
final class Capabilities {
    private Capabilities() {}

    static ObjectNode of(Revision revision) {
        ObjectNode capabilities = WireJson.object();
        capabilities.putObject("tools").put("listChanged", true);
        capabilities.putObject("prompts").put("listChanged", true);
        capabilities.putObject("resources").put("subscribe", true).put("listChanged", true);
        capabilities.putObject("logging");
        if (revision.compareTo(Revision.R2025_03_26) >= 0) {
            capabilities.putObject("completions");
        }
        if (revision == Revision.R2025_11_25) {
            ObjectNode tasks = capabilities.putObject("tasks");
            tasks.putObject("list");
            tasks.putObject("cancel");
            tasks.putObject("requests").putObject("tools").putObject("call");
        }
        if (revision.era() == Era.MODERN) {
            ObjectNode extensions = capabilities.putObject("extensions");
            extensions.putObject(Meta.TASKS);
            extensions.putObject(Meta.DURABLE_SESSION);
        }
        return capabilities;
    }
}
