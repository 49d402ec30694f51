package io.exai.server.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.json.MalformedJson;
import io.exai.protocol.json.WireJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** One section of a data file, read strictly: a mistake is a line that names file, field and expectation. */
public final class Definition {
    private final String file;
    private final JsonNode section;

    private Definition(String file, JsonNode section) {
        this.file = file;
        this.section = section;
    }

    /**
     * The whole file.
     *
     * @throws IllegalArgumentException when the text is no JSON object
     */
    public static Definition parse(String file, String json) {
        try {
            if (WireJson.parse(json) instanceof ObjectNode object) {
                return new Definition(file, object);
            }
            throw new IllegalArgumentException(file + ": not an object (expected: a JSON object)");
        } catch (MalformedJson problem) {
            throw new IllegalArgumentException(file + ": " + problem.getMessage(), problem);
        }
    }

    /** What stands under a field, whatever it is. */
    public Definition section(String field) {
        return new Definition(file, section.path(field));
    }

    /** The sections of a list; none when it is not there. */
    public List<Definition> sections(String field) {
        JsonNode value = section.path(field);
        if (!value.isMissingNode() && !value.isArray()) {
            throw wrong(field, value.toString(), "a list");
        }
        List<Definition> sections = new ArrayList<>();
        value.forEach(item -> sections.add(new Definition(file, item)));
        return sections;
    }

    public boolean has(String field) {
        return section.has(field);
    }

    /** The section itself. */
    public JsonNode json() {
        return section;
    }

    /** Refuses fields of any other name. */
    public void onlyKnown(Set<String> known) {
        Set<String> unknown = new TreeSet<>();
        section.fieldNames().forEachRemaining(unknown::add);
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            throw wrong(unknown.iterator().next(), "no such field", "one of " + new TreeSet<>(known));
        }
    }

    /** A text that is not blank. */
    public String text(String field) {
        JsonNode value = section.path(field);
        if (!value.isTextual() || value.textValue().isBlank()) {
            throw wrong(field, String.valueOf(value), "a text");
        }
        return value.textValue();
    }

    public boolean flag(String field) {
        JsonNode value = section.path(field);
        if (!value.isBoolean()) {
            throw wrong(field, String.valueOf(value), "true or false");
        }
        return value.booleanValue();
    }

    /** A whole number within bounds. */
    public long whole(String field, long least, long most) {
        JsonNode value = section.path(field);
        if (!value.isIntegralNumber()
                || !value.canConvertToLong()
                || value.longValue() < least
                || value.longValue() > most) {
            throw wrong(field, String.valueOf(value), least + " to " + most);
        }
        return value.longValue();
    }

    public String oneOf(String field, List<String> allowed) {
        String value = text(field);
        if (!allowed.contains(value)) {
            throw wrong(field, value, "one of " + String.join(", ", allowed));
        }
        return value;
    }

    /** An object; empty when the field is not there. */
    public ObjectNode object(String field) {
        JsonNode value = section.path(field);
        if (value.isMissingNode()) {
            return WireJson.object();
        }
        if (value instanceof ObjectNode object) {
            return object;
        }
        throw wrong(field, value.toString(), "an object");
    }

    /** A list of texts; empty when the field is not there. */
    public List<String> texts(String field) {
        List<String> texts = new ArrayList<>();
        for (Definition item : sections(field)) {
            if (!item.section.isTextual()) {
                throw wrong(field, item.section.toString(), "a list of texts");
            }
            texts.add(item.section.textValue());
        }
        return texts;
    }

    /** What to throw at a mistake. */
    public IllegalArgumentException wrong(String field, String value, String expected) {
        return new IllegalArgumentException(file + ": " + field + ": " + value + " (expected: " + expected + ")");
    }
}
