package io.exai.provider.sandbox.anthropic;

import static io.exai.provider.sandbox.shape.Shapes.ANY;
import static io.exai.provider.sandbox.shape.Shapes.FLAG;
import static io.exai.provider.sandbox.shape.Shapes.NAME;
import static io.exai.provider.sandbox.shape.Shapes.OBJECT;
import static io.exai.provider.sandbox.shape.Shapes.TEXT;
import static io.exai.provider.sandbox.shape.Shapes.kinds;
import static io.exai.provider.sandbox.shape.Shapes.list;
import static io.exai.provider.sandbox.shape.Shapes.oneOf;
import static io.exai.provider.sandbox.shape.Shapes.rule;
import static io.exai.provider.sandbox.shape.Shapes.textOr;

import io.exai.provider.sandbox.shape.Fields;
import io.exai.provider.sandbox.shape.Shape;
import java.util.Map;

/** The content blocks of a message. */
final class Blocks {
    private static final Fields BARE = Fields.none().must("type", TEXT);
    private static final Fields CACHED = BARE.may(
            "cache_control", Fields.none().must("type", oneOf("ephemeral")).may("ttl", oneOf("5m", "1h")));

    static final Shape SOME_TEXT =
            rule(value -> value.isTextual() && !value.textValue().isEmpty(), "a text that is not empty");
    static final Shape TEXT_BLOCK = CACHED.must("text", SOME_TEXT).may("citations", ANY);
    static final Shape IMAGE = CACHED.must("source", imageSource());
    static final Shape DOCUMENT = CACHED.must("source", OBJECT)
            .may("title", TEXT)
            .may("context", TEXT)
            .may("citations", OBJECT);
    static final Shape ANY_BLOCK = kinds(
            "type",
            Map.of(
                    "text", TEXT_BLOCK,
                    "image", IMAGE,
                    "document", DOCUMENT,
                    "tool_use", CACHED.must("id", NAME).must("name", NAME).must("input", OBJECT),
                    "tool_result", toolResult(),
                    "thinking", BARE.must("thinking", TEXT).must("signature", TEXT),
                    "redacted_thinking", BARE.must("data", TEXT)));

    private Blocks() {}

    private static Shape imageSource() {
        Shape media = oneOf("image/jpeg", "image/png", "image/gif", "image/webp");
        return kinds(
                "type",
                Map.of(
                        "base64", BARE.must("media_type", media).must("data", NAME),
                        "url", BARE.must("url", NAME),
                        "file", BARE.must("file_id", NAME)));
    }

    private static Shape toolResult() {
        Shape part = kinds("type", Map.of("text", TEXT_BLOCK, "image", IMAGE, "document", DOCUMENT));
        return CACHED.must("tool_use_id", NAME)
                .may("content", textOr(list(part, 0, 1_000)))
                .may("is_error", FLAG);
    }
}
