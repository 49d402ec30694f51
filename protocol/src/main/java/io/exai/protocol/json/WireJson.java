package io.exai.protocol.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The one mapper of wire types: strict JSON (RFC 8259), no duplicate keys, bounded depth and numbers. */
public final class WireJson {
    /** Deepest nesting accepted, in levels. */
    public static final int MAX_DEPTH = 200;

    private static final int MAX_NUMBER_LENGTH = 1_000;
    private static final int MAX_STRING_LENGTH = 1 << 30;

    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .disable(JsonFactory.Feature.CHARSET_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxNumberLength(MAX_NUMBER_LENGTH)
                            .maxStringLength(MAX_STRING_LENGTH)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build();

    private WireJson() {}

    /**
     * One JSON value out of UTF-8 bytes.
     *
     * @throws MalformedJson when the text is not exactly one valid value within the limits
     */
    public static JsonNode parse(byte[] utf8, int offset, int length) throws MalformedJson {
        try {
            JsonNode node = MAPPER.readTree(utf8, offset, length);
            if (node.isMissingNode()) {
                throw new MalformedJson("empty message (expected: one JSON object)");
            }
            return node;
        } catch (JsonProcessingException problem) {
            throw new MalformedJson(describe(problem));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** As {@link #parse(byte[], int, int)}, of text. */
    public static JsonNode parse(String text) throws MalformedJson {
        try {
            JsonNode node = MAPPER.readTree(text);
            if (node.isMissingNode()) {
                throw new MalformedJson("empty text (expected: one JSON value)");
            }
            return node;
        } catch (JsonProcessingException problem) {
            throw new MalformedJson(describe(problem));
        }
    }

    /** Compact JSON text of a tree; surrogates are escaped, so that the text is valid Unicode whatever the tree. */
    public static String write(JsonNode node) {
        try {
            return new String(MAPPER.writeValueAsBytes(node), StandardCharsets.UTF_8);
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    public static JsonNode text(String text) {
        return JsonNodeFactory.instance.textNode(text);
    }

    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** A generator into {@code out} whose {@code writeTree} knows this mapper. */
    public static JsonGenerator generator(Utf8Buffer out) {
        try {
            return MAPPER.getFactory().createGenerator(out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** A pull parser under the same limits. */
    public static JsonParser parser(byte[] utf8, int offset, int length) throws IOException {
        return MAPPER.getFactory().createParser(utf8, offset, length);
    }

    /** The string or integer a parser stands on, as a node; the parser stays where it is. */
    public static JsonNode scalar(JsonParser parser) throws IOException {
        return parser.currentToken() == JsonToken.VALUE_STRING
                ? JsonNodeFactory.instance.textNode(parser.getText())
                : JsonNodeFactory.instance.numberNode(parser.getBigIntegerValue());
    }

    private static String describe(JsonProcessingException problem) {
        String where = problem.getLocation() == null
                ? ""
                : " at byte " + Math.max(0, problem.getLocation().getByteOffset());
        String what = problem.getOriginalMessage();
        int end = what.indexOf('\n');
        String line = end < 0 ? what : what.substring(0, end);
        return (line.length() > 200 ? line.substring(0, 200) + "..." : line) + where;
    }
}
