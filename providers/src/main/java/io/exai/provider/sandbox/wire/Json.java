package io.exai.provider.sandbox.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Reads and writes one JSON document. */
public final class Json {
    private static final JsonFactory JSON = new JsonFactory();
    private static final ObjectReader TREE = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .readerFor(JsonNode.class);

    /** What a document holds. */
    @FunctionalInterface
    public interface Content {
        void write(JsonGenerator json) throws IOException;
    }

    private Json() {}

    /** The document in a request's body. */
    public static JsonNode tree(byte[] body) throws InvalidQuestion {
        try {
            return TREE.readTree(body);
        } catch (IOException malformed) {
            throw InvalidQuestion.wrong("body", "a JSON document");
        }
    }

    public static byte[] object(Content content) {
        return document(json -> {
            json.writeStartObject();
            content.write(json);
            json.writeEndObject();
        });
    }

    public static byte[] array(Content content) {
        return document(json -> {
            json.writeStartArray();
            content.write(json);
            json.writeEndArray();
        });
    }

    public static void object(JsonGenerator json, String field, Content content) throws IOException {
        json.writeObjectFieldStart(field);
        content.write(json);
        json.writeEndObject();
    }

    public static void array(JsonGenerator json, String field, Content content) throws IOException {
        json.writeArrayFieldStart(field);
        content.write(json);
        json.writeEndArray();
    }

    /** An object without a name: a member of a list. */
    public static void member(JsonGenerator json, Content content) throws IOException {
        json.writeStartObject();
        content.write(json);
        json.writeEndObject();
    }

    private static byte[] document(Content content) {
        var bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            content.write(json);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }
}
