package io.exai.server.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.DialectId;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.NonValidationKeyword;
import io.exai.protocol.NearName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Holds a call's arguments against the tool's JSON Schema 2020-12. References to other places are never fetched. */
public final class ArgumentCheck {
    /** With MCP's own keyword, which says of an argument that it is a header, too, and nothing of its value. */
    private static final SchemaRegistry SCHEMAS =
            SchemaRegistry.withDefaultDialect(Dialect.builder(DialectId.DRAFT_2020_12, Dialects.getDraft202012())
                    .keyword(new NonValidationKeyword("x-mcp-header"))
                    .build());

    private static final int MOST_PROBLEMS = 10;
    private static final int LONGEST_VALUE = 80;

    private ArgumentCheck() {}

    static Schema compile(ObjectNode schema) {
        return SCHEMAS.getSchema(schema);
    }

    /** What is wrong, each as {@code field: value (expected: ...)}; empty when all is right. */
    public static List<String> problems(Tool tool, JsonNode arguments) {
        List<Error> errors = tool.schema().validate(arguments);
        if (errors.isEmpty()) {
            return List.of();
        }
        List<String> problems = new ArrayList<>();
        errors.stream().limit(MOST_PROBLEMS).forEach(error -> problems.add(describe(error, tool)));
        return problems;
    }

    private static String describe(Error error, Tool tool) {
        String place = place(error.getInstanceLocation().toString());
        String property = error.getProperty();
        if (property != null && error.getKeyword().equals("required")) {
            return join(place, property) + ": missing (expected: " + expected(tool, property) + ")";
        }
        if (property != null && error.getKeyword().equals("additionalProperties")) {
            return join(place, property) + ": not an argument of " + tool.name() + " (expected: "
                    + NearName.hint(property, names(tool)) + ")";
        }
        return (place.isEmpty() ? "arguments" : place) + ": " + shown(error.getInstanceNode()) + " (expected: "
                + expectation(error) + ")";
    }

    private static String expectation(Error error) {
        JsonNode wanted = error.getSchemaNode();
        String value = wanted == null ? "" : wanted.isTextual() ? wanted.textValue() : wanted.toString();
        return switch (error.getKeyword()) {
            case "type" -> "type " + value;
            case "enum" -> "one of " + value;
            case "minimum" -> "at least " + value;
            case "maximum" -> "at most " + value;
            case "exclusiveMinimum" -> "more than " + value;
            case "exclusiveMaximum" -> "less than " + value;
            case "minLength" -> "at least " + value + " characters";
            case "maxLength" -> "at most " + value + " characters";
            case "minItems" -> "at least " + value + " items";
            case "maxItems" -> "at most " + value + " items";
            case "pattern" -> "text matching " + value;
            default -> error.getMessage();
        };
    }

    private static String expected(Tool tool, String property) {
        JsonNode schema = tool.description().inputSchema().path("properties").path(property);
        return schema.has("type") ? "type " + schema.get("type").asText() : "a value";
    }

    private static List<String> names(Tool tool) {
        return tool.description().inputSchema().path("properties").properties().stream()
                .map(Map.Entry::getKey)
                .toList();
    }

    private static String place(String pointer) {
        String path =
                pointer.replaceFirst("^\\$\\.?", "").replaceFirst("^/", "").replace('/', '.');
        return path;
    }

    private static String join(String place, String property) {
        return place.isEmpty() ? property : place + "." + property;
    }

    private static String shown(JsonNode value) {
        String text = String.valueOf(value);
        return text.length() > LONGEST_VALUE ? text.substring(0, LONGEST_VALUE) + "..." : text;
    }
}
