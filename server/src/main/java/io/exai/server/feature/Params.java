package io.exai.server.feature;

import com.fasterxml.jackson.databind.JsonNode;

/** Reads the parameters of requests. */
final class Params {
    private Params() {}

    /** A text that must be there. */
    static String text(JsonNode parent, String field, String path) throws Refusal {
        JsonNode value = parent.path(field);
        if (!value.isTextual()) {
            throw Refusal.of(path, value, "a text");
        }
        return value.textValue();
    }
}
