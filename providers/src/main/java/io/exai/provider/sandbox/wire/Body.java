package io.exai.provider.sandbox.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.exai.provider.json.Json;

/** What a request carries. */
public final class Body {
    private Body() {}

    /** The JSON document in it. */
    public static JsonNode tree(byte[] body) throws InvalidQuestion {
        try {
            return Json.parse(body);
        } catch (JsonProcessingException malformed) {
            throw InvalidQuestion.wrong("body", "a JSON document");
        }
    }
}
