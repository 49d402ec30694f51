package io.exai.server.tool;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import io.exai.protocol.json.WireJson;
import io.exai.protocol.mcp.ToolDescription;
import io.exai.protocol.mcp.ToolTraits;
import io.exai.provider.router.Preference;
import io.exai.server.definition.Definition;
import io.exai.server.setting.DeadlineSettings;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Reads a tool's definition; a mistake in it stops the start with a line that names file, field and expectation. */
final class ToolFile {
    private static final Set<String> FIELDS = Set.of(
            "name",
            "title",
            "description",
            "inputSchema",
            "outputSchema",
            "readOnly",
            "openWorld",
            "annotations",
            "icons",
            "task",
            "requires",
            "_meta",
            "policy",
            "run");
    private static final Set<String> HINTS = Set.of("destructiveHint", "idempotentHint");
    private static final Set<String> ICON_FIELDS = Set.of("src", "mimeType", "sizes", "theme");
    private static final Set<String> POLICY_FIELDS =
            Set.of("journal", "repeatable", "deadline", "shared", "reuseSeconds");
    private static final Set<String> RUN_FIELDS = Set.of("kind", "user", "source", "prefers");
    private static final Duration LONGEST_REUSE = Duration.ofDays(7);
    private static final String NAME = "[A-Za-z0-9_.-]{1,64}";

    private final Definition root;

    private ToolFile(Definition root) {
        this.root = root;
    }

    static Tool read(String file, String definition, String text, DeadlineSettings deadlines) {
        return new ToolFile(Definition.parse(file, definition)).tool(text, deadlines);
    }

    private Tool tool(String text, DeadlineSettings deadlines) {
        root.onlyKnown(FIELDS);
        root.section("policy").onlyKnown(POLICY_FIELDS);
        root.section("run").onlyKnown(RUN_FIELDS);
        ObjectNode output = root.has("outputSchema") ? objectSchema("outputSchema") : null;
        Policy policy = policy(deadlines);
        Run run = run();
        if (run instanceof Run.AskModel && !policy.journaled()) {
            throw root.wrong("policy.journal", "none", "full, for a tool that asks a model");
        }
        if (policy.shared() && !(run instanceof Run.AskModel && policy.repeatable())) {
            throw root.wrong("policy.shared", "true", "false, but for a repeatable tool that asks a model");
        }
        ToolDescription description = description(
                new ToolTraits(output, annotations(), icons(), policy.task().wireName(), root.object("_meta")));
        return new Tool(
                description,
                compiled("inputSchema", description.inputSchema()),
                output == null ? null : compiled("outputSchema", output),
                policy,
                run,
                text);
    }

    private ToolDescription description(ToolTraits traits) {
        String name = root.text("name");
        if (!name.matches(NAME)) {
            throw root.wrong("name", name, "1 to 64 of A-Z a-z 0-9 _ . -");
        }
        return new ToolDescription(
                name, root.text("title"), root.text("description"), objectSchema("inputSchema"), traits);
    }

    private ObjectNode objectSchema(String field) {
        if (root.json().get(field) instanceof ObjectNode schema
                && "object".equals(schema.path("type").asText())) {
            return schema;
        }
        throw root.wrong(field, "missing or not of type object", "a JSON Schema with type object");
    }

    private ObjectNode annotations() {
        ObjectNode hints = WireJson.object()
                .put("readOnlyHint", root.flag("readOnly"))
                .put("openWorldHint", root.flag("openWorld"));
        root.object("annotations");
        Definition more = root.section("annotations");
        more.onlyKnown(HINTS);
        more.json().fieldNames().forEachRemaining(hint -> hints.put(hint, more.flag(hint)));
        return hints;
    }

    private ArrayNode icons() {
        ArrayNode icons = WireJson.object().arrayNode();
        for (Definition icon : root.sections("icons")) {
            icon.onlyKnown(ICON_FIELDS);
            icon.text("src");
            icons.add(icon.json());
        }
        return icons;
    }

    private Schema compiled(String field, ObjectNode schema) {
        try {
            Schema compiled = ArgumentCheck.compile(schema);
            compiled.initializeValidators();
            return compiled;
        } catch (SchemaException | PatternSyntaxException unusable) {
            String why =
                    String.valueOf(unusable.getMessage()).lines().findFirst().orElse("");
            throw root.wrong(field, why, "a JSON Schema 2020-12 that refers to nothing outside");
        }
    }

    private Policy policy(DeadlineSettings deadlines) {
        Definition policy = root.section("policy");
        boolean journaled = policy.oneOf("journal", List.of("full", "none")).equals("full");
        Duration deadline =
                policy.oneOf("deadline", List.of("simple", "workflow")).equals("simple")
                        ? deadlines.simple()
                        : deadlines.workflow();
        Policy own =
                new Policy(journaled, policy.flag("repeatable"), deadline, task(journaled), root.object("requires"));
        return policy.has("shared") && policy.flag("shared") ? own.sharing(reuse(policy)) : own;
    }

    private static @Nullable Duration reuse(Definition policy) {
        return policy.has("reuseSeconds")
                ? Duration.ofSeconds(policy.whole("reuseSeconds", 0, LONGEST_REUSE.toSeconds()))
                : null;
    }

    /** A call that leaves no trace cannot be fetched later. */
    private TaskUse task(boolean journaled) {
        if (!root.has("task")) {
            return journaled ? TaskUse.OPTIONAL : TaskUse.FORBIDDEN;
        }
        TaskUse use = TaskUse.valueOf(
                root.oneOf("task", List.of("forbidden", "optional", "required")).toUpperCase(Locale.ROOT));
        if (!journaled && use != TaskUse.FORBIDDEN) {
            throw root.wrong("task", use.wireName(), "forbidden, for a tool without a journal");
        }
        return use;
    }

    private static Preference preference(Definition run) {
        return run.has("prefers")
                ? Preference.valueOf(run.oneOf("prefers", List.of("speed", "balanced", "quality"))
                        .toUpperCase(Locale.ROOT))
                : Preference.BALANCED;
    }

    private Run run() {
        Definition run = root.section("run");
        return run.oneOf("kind", List.of("model", "report")).equals("model")
                ? new Run.AskModel(run.text("user"), preference(run))
                : new Run.Report(run.text("source"));
    }
}
