package io.exai.server.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import io.exai.protocol.json.MalformedJson;
import io.exai.protocol.json.WireJson;
import io.exai.protocol.mcp.ToolDescription;
import io.exai.server.setting.DeadlineSettings;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.PatternSyntaxException;

/** Reads a tool's definition; a mistake in it stops the start with a line that names file, field and expectation. */
final class ToolFile {
    private static final Set<String> FIELDS =
            Set.of("name", "title", "description", "inputSchema", "readOnly", "openWorld", "policy", "run");
    private static final Set<String> POLICY_FIELDS = Set.of("journal", "repeatable", "deadline");
    private static final Set<String> RUN_FIELDS = Set.of("kind", "user", "source");
    private static final String NAME = "[A-Za-z0-9_.-]{1,64}";

    private final String file;
    private final ObjectNode root;

    private ToolFile(String file, ObjectNode root) {
        this.file = file;
        this.root = root;
    }

    static Tool read(String file, String definition, String text, DeadlineSettings deadlines) {
        try {
            if (WireJson.parse(definition) instanceof ObjectNode object) {
                return new ToolFile(file, object).tool(text, deadlines);
            }
            throw new IllegalArgumentException(file + ": not an object (expected: a JSON object)");
        } catch (MalformedJson problem) {
            throw new IllegalArgumentException(file + ": " + problem.getMessage(), problem);
        }
    }

    private Tool tool(String text, DeadlineSettings deadlines) {
        onlyKnown(root, FIELDS);
        onlyKnown(root.path("policy"), POLICY_FIELDS);
        onlyKnown(root.path("run"), RUN_FIELDS);
        String name = text(root, "name");
        if (!name.matches(NAME)) {
            throw wrong("name", name, "1 to 64 of A-Z a-z 0-9 _ . -");
        }
        if (!(root.get("inputSchema") instanceof ObjectNode schema)
                || !"object".equals(schema.path("type").asText())) {
            throw wrong("inputSchema", "missing or not of type object", "a JSON Schema with type object");
        }
        ToolDescription description = new ToolDescription(
                name,
                text(root, "title"),
                text(root, "description"),
                schema,
                flag(root, "readOnly"),
                flag(root, "openWorld"));
        Policy policy = policy(deadlines);
        Run run = run();
        if (run instanceof Run.AskModel && !policy.journaled()) {
            throw wrong("policy.journal", "none", "full, for a tool that asks a model");
        }
        return new Tool(description, compiled(schema), policy, run, text);
    }

    private void onlyKnown(JsonNode section, Set<String> known) {
        Set<String> unknown = new TreeSet<>();
        section.fieldNames().forEachRemaining(unknown::add);
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            throw wrong(unknown.iterator().next(), "no such field", "one of " + new TreeSet<>(known));
        }
    }

    private Schema compiled(ObjectNode schema) {
        try {
            Schema compiled = ArgumentCheck.compile(schema);
            compiled.initializeValidators();
            return compiled;
        } catch (SchemaException | PatternSyntaxException unusable) {
            String why =
                    String.valueOf(unusable.getMessage()).lines().findFirst().orElse("");
            throw wrong("inputSchema", why, "a JSON Schema 2020-12 that refers to nothing outside");
        }
    }

    private Policy policy(DeadlineSettings deadlines) {
        JsonNode policy = root.path("policy");
        String journal = oneOf(policy, "journal", List.of("full", "none"));
        Duration deadline =
                oneOf(policy, "deadline", List.of("simple", "workflow")).equals("simple")
                        ? deadlines.simple()
                        : deadlines.workflow();
        return new Policy(
                journal.equals("full"), flag(policy, "repeatable"), deadline, TaskUse.OPTIONAL, WireJson.object());
    }

    private Run run() {
        JsonNode run = root.path("run");
        return oneOf(run, "kind", List.of("model", "report")).equals("model")
                ? new Run.AskModel(text(run, "user"))
                : new Run.Report(text(run, "source"));
    }

    private String text(JsonNode parent, String field) {
        JsonNode value = parent.path(field);
        if (!value.isTextual() || value.textValue().isBlank()) {
            throw wrong(field, String.valueOf(value), "a text");
        }
        return value.textValue();
    }

    private boolean flag(JsonNode parent, String field) {
        JsonNode value = parent.path(field);
        if (!value.isBoolean()) {
            throw wrong(field, String.valueOf(value), "true or false");
        }
        return value.booleanValue();
    }

    private String oneOf(JsonNode parent, String field, List<String> allowed) {
        String value = text(parent, field);
        if (!allowed.contains(value)) {
            throw wrong(field, value, "one of " + String.join(", ", allowed));
        }
        return value;
    }

    private IllegalArgumentException wrong(String field, String value, String expected) {
        return new IllegalArgumentException(file + ": " + field + ": " + value + " (expected: " + expected + ")");
    }
}
