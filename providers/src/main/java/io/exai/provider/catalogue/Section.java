package io.exai.provider.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * One object of a data file, read field by field; what is wrong is told with file, field, value and expectation.
 *
 * @param at where it stands: a path that ends with a dot, empty for the whole file
 */
record Section(String file, String at, ObjectNode json) {
    void onlyKnown(Set<String> fields) {
        json.fieldNames().forEachRemaining(name -> {
            if (!fields.contains(name)) {
                throw wrong(name, "one of " + String.join(", ", new TreeSet<>(fields)));
            }
        });
    }

    String text(String field) {
        JsonNode value = json.path(field);
        if (!value.isTextual() || value.textValue().isBlank()) {
            throw wrong(field, "a text");
        }
        return value.textValue();
    }

    String text(String field, String standard) {
        return json.has(field) ? text(field) : standard;
    }

    boolean flag(String field, boolean standard) {
        JsonNode value = json.path(field);
        if (!value.isMissingNode() && !value.isBoolean()) {
            throw wrong(field, "true or false");
        }
        return value.asBoolean(standard);
    }

    int whole(String field, int least, int most) {
        JsonNode value = json.path(field);
        if (!value.isInt() || value.intValue() < least || value.intValue() > most) {
            throw wrong(field, "a whole number from " + least + " to " + most);
        }
        return value.intValue();
    }

    int whole(String field, int least, int most, int standard) {
        return json.has(field) ? whole(field, least, most) : standard;
    }

    double real(String field, double least, double most) {
        JsonNode value = json.path(field);
        if (!value.isNumber() || value.doubleValue() < least || value.doubleValue() > most) {
            throw wrong(field, "a number from " + least + " to " + most);
        }
        return value.doubleValue();
    }

    /** Empty when the field is absent, null or false. */
    Optional<Section> section(String field, Set<String> fields) {
        JsonNode value = json.path(field);
        if (value.isMissingNode() || value.isNull() || (value.isBoolean() && !value.booleanValue())) {
            return Optional.empty();
        }
        if (!(value instanceof ObjectNode object)) {
            throw wrong(field, "an object with " + String.join(", ", new TreeSet<>(fields)));
        }
        Section section = new Section(file, at + field + '.', object);
        section.onlyKnown(fields);
        return Optional.of(section);
    }

    IllegalArgumentException wrong(String field, String expected) {
        JsonNode value = json.path(field);
        String found = value.isMissingNode() ? "missing" : value.toString();
        return new IllegalArgumentException(file + ": " + at + field + ": " + found + " (expected: " + expected + ')');
    }
}
