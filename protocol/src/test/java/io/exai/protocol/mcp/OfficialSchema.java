package io.exai.protocol.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.exai.protocol.json.MalformedJson;
import io.exai.protocol.json.WireJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** The JSON schema that a revision of MCP publishes. */
final class OfficialSchema {
    private final ObjectNode root;
    private final String definitions;

    private OfficialSchema(ObjectNode root) {
        this.root = root;
        this.definitions = root.has("$defs") ? "$defs" : "definitions";
    }

    static OfficialSchema of(Revision revision) {
        try (InputStream in = OfficialSchema.class.getResourceAsStream("/schema/" + revision.wireName() + ".json")) {
            byte[] bytes = java.util.Objects.requireNonNull(in).readAllBytes();
            return new OfficialSchema((ObjectNode) WireJson.parse(bytes, 0, bytes.length));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (MalformedJson broken) {
            throw new AssertionError(broken);
        }
    }

    /** What is wrong with {@code message} as an instance of one of the schema's definitions. */
    List<String> problems(String definition, JsonNode message) {
        ObjectNode schema = WireJson.object();
        schema.set("$schema", root.get("$schema"));
        schema.set(definitions, root.get(definitions));
        schema.putArray("allOf").addObject().put("$ref", "#/" + definitions + "/" + definition);
        Schema compiled = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema);
        return compiled.validate(message).stream().map(Error::toString).toList();
    }

    boolean defines(String definition) {
        return root.path(definitions).has(definition);
    }
}
