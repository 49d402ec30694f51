package io.exai.server.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.typesafe.config.ConfigFactory;
import io.exai.protocol.json.MalformedJson;
import io.exai.protocol.json.WireJson;
import io.exai.server.setting.DeadlineSettings;
import io.exai.server.setting.Settings;

/** Definitions of tools to test with. */
final class Definitions {
    static final DeadlineSettings DEADLINES =
            Settings.load(null, ConfigFactory.empty()).deadline();

    private Definitions() {}

    /** A tool that asks a model and takes any arguments. */
    static ObjectNode valid() {
        return parse(
                "{\"name\":\"mine\",\"title\":\"Mine\",\"description\":\"Does it.\",\"inputSchema\":{\"type\":\"object\"},"
                        + "\"readOnly\":true,\"openWorld\":false,\"policy\":{\"journal\":\"full\",\"repeatable\":true,"
                        + "\"deadline\":\"workflow\"},\"run\":{\"kind\":\"model\",\"user\":\"{{prompt}}\"}}");
    }

    /** A tool whose arguments must match that schema of properties. */
    static Tool withProperties(String properties, String more) {
        ObjectNode definition = valid();
        definition.set("inputSchema", parse("{\"type\":\"object\",\"properties\":" + properties + more + "}"));
        return read(definition);
    }

    static Tool read(ObjectNode definition) {
        return ToolFile.read("mine.json", WireJson.write(definition), "prompt", DEADLINES);
    }

    static ObjectNode parse(String json) {
        try {
            return (ObjectNode) WireJson.parse(json);
        } catch (MalformedJson broken) {
            throw new AssertionError(broken);
        }
    }
}
