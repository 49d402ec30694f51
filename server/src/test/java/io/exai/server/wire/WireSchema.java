package io.exai.server.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.exai.protocol.json.MalformedJson;
import io.exai.protocol.json.WireJson;
import io.exai.protocol.mcp.Revision;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The JSON schema that a revision of MCP publishes; the files are the protocol module's. */
public final class WireSchema {
    private static final Path FOLDER = Path.of("..", "protocol", "src", "test", "resources", "schema");
    private static final Map<Revision, WireSchema> KNOWN = new ConcurrentHashMap<>();

    private final String revision;
    private final ObjectNode root;
    private final String definitions;
    private final Map<String, Schema> compiled = new ConcurrentHashMap<>();

    private WireSchema(String revision, ObjectNode root) {
        this.revision = revision;
        this.root = root;
        this.definitions = root.has("$defs") ? "$defs" : "definitions";
    }

    public static WireSchema of(Revision revision) {
        return KNOWN.computeIfAbsent(revision, WireSchema::read);
    }

    /** Fails unless the message is valid; {@code kind} is a definition, such as {@code ListToolsResult}. */
    public void check(String kind, JsonNode message) {
        List<String> problems = problems(kind, message);
        if (!problems.isEmpty()) {
            throw new AssertionError(kind + " of " + revision + ": " + message + ": " + problems);
        }
    }

    /** What is wrong with a message of that kind. */
    public List<String> problems(String kind, JsonNode message) {
        if (!defines(kind)) {
            return List.of(revision + " has no " + kind);
        }
        return compiled.computeIfAbsent(kind, this::compile).validate(message).stream()
                .map(Error::toString)
                .toList();
    }

    /** Whether the revision has messages of that kind. */
    public boolean defines(String kind) {
        return root.path(definitions).has(kind);
    }

    private Schema compile(String kind) {
        ObjectNode schema = WireJson.object();
        schema.set("$schema", root.get("$schema"));
        schema.set(definitions, root.get(definitions));
        schema.putArray("allOf").addObject().put("$ref", "#/" + definitions + "/" + kind);
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema);
    }

    private static WireSchema read(Revision revision) {
        try {
            String text = Files.readString(FOLDER.resolve(revision.wireName() + ".json"));
            return new WireSchema(revision.wireName(), (ObjectNode) WireJson.parse(text));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (MalformedJson broken) {
            throw new AssertionError(broken);
        }
    }
}
