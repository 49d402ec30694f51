package io.exai.provider.sandbox.shape;

import com.fasterxml.jackson.databind.JsonNode;
import io.exai.provider.sandbox.wire.InvalidQuestion;

/** A rule for one JSON value. */
@FunctionalInterface
public interface Shape {
    /** Throws when the value is not as it must be; {@code at} is its path in the document. */
    void check(JsonNode value, String at) throws InvalidQuestion;
}
