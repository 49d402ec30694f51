package io.exai.provider.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.exai.provider.chat.Usage;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Reads the parts that whole answers, chunks and error bodies share. */
final class Json {
    private static final ObjectReader TREE = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .readerFor(JsonNode.class);

    private Json() {}

    static JsonNode parse(byte[] bytes) throws JsonProcessingException {
        try {
            return TREE.readTree(bytes);
        } catch (JsonProcessingException malformed) {
            throw malformed;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    static JsonNode parse(String text) throws JsonProcessingException {
        return TREE.readTree(text);
    }

    /** The text of a field, null when it is absent, null, or no text. */
    static @Nullable String text(JsonNode node, String field) {
        return node.path(field).textValue();
    }

    /** What a thinking model said to itself, under either name in use. */
    static @Nullable String reasoning(JsonNode message) {
        String named = text(message, "reasoning_content");
        return named == null ? text(message, "reasoning") : named;
    }

    static Usage usage(JsonNode node) {
        long cached = node.path("prompt_tokens_details")
                .path("cached_tokens")
                .asLong(node.path("cached_tokens").asLong());
        return new Usage(
                count(node.path("prompt_tokens").asLong()),
                count(node.path("completion_tokens").asLong()),
                count(cached));
    }

    private static long count(long tokens) {
        return Math.max(0, tokens);
    }
}
