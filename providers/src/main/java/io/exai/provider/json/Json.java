package io.exai.provider.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

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

    public static JsonNode parse(byte[] bytes) throws JsonProcessingException {
        try {
            return TREE.readTree(bytes);
        } catch (MismatchedInputException more) {
            throw new JsonParseException(null, "more than one value", more);
        } catch (JsonProcessingException malformed) {
            throw malformed;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    public static JsonNode parse(String text) throws JsonProcessingException {
        return parse(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The text of a field, null when it is absent, null, or no text. */
    public static @Nullable String text(JsonNode node, String field) {
        return node.path(field).textValue();
    }

    /** A count that vendors send: never negative. */
    public static long count(JsonNode node) {
        return Math.max(0, node.asLong());
    }

    /** One object in UTF-8. */
    public static byte[] object(Content content) {
        return document(json -> member(json, content));
    }

    /** One list in UTF-8. */
    public static byte[] array(Content content) {
        return document(json -> {
            json.writeStartArray();
            content.write(json);
            json.writeEndArray();
        });
    }

    public static void object(JsonGenerator json, String field, Content content) throws IOException {
        json.writeFieldName(field);
        member(json, content);
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

    /** A text that is JSON already, or an empty object when it is none. */
    public static void raw(JsonGenerator json, String field, String document) throws IOException {
        json.writeFieldName(field);
        json.writeRawValue(isObject(document) ? document : "{}");
    }

    /** Whether a text is one whole JSON object. */
    public static boolean isObject(String document) {
        try {
            return parse(document).isObject();
        } catch (JsonProcessingException malformed) {
            return false;
        }
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
