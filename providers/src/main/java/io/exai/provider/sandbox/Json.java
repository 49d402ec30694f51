package io.exai.provider.sandbox;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes one JSON document. */
final class Json {
    private static final JsonFactory JSON = new JsonFactory();

    /** What a document holds. */
    @FunctionalInterface
    interface Content {
        void write(JsonGenerator json) throws IOException;
    }

    private Json() {}

    static byte[] object(Content content) {
        var bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            content.write(json);
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    static void object(JsonGenerator json, String field, Content content) throws IOException {
        json.writeObjectFieldStart(field);
        content.write(json);
        json.writeEndObject();
    }
}
