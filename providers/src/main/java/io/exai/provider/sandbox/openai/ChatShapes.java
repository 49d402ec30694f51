package io.exai.provider.sandbox.openai;

import static io.exai.provider.sandbox.shape.Shapes.FLAG;
import static io.exai.provider.sandbox.shape.Shapes.NAME;
import static io.exai.provider.sandbox.shape.Shapes.OBJECT;
import static io.exai.provider.sandbox.shape.Shapes.TEXT;
import static io.exai.provider.sandbox.shape.Shapes.either;
import static io.exai.provider.sandbox.shape.Shapes.kinds;
import static io.exai.provider.sandbox.shape.Shapes.list;
import static io.exai.provider.sandbox.shape.Shapes.named;
import static io.exai.provider.sandbox.shape.Shapes.oneOf;
import static io.exai.provider.sandbox.shape.Shapes.pattern;
import static io.exai.provider.sandbox.shape.Shapes.textOr;

import io.exai.provider.sandbox.shape.Fields;
import io.exai.provider.sandbox.shape.Shape;
import java.util.Map;

/** What all vendors of chat completions have in common. */
final class ChatShapes {
    static final int MOST_MESSAGES = 10_000;
    static final int MOST_TOOLS = 128;

    static final Shape MODEL = named("a model name");
    static final Shape TEXT_PART = Fields.none().must("type", TEXT).must("text", TEXT);
    static final Shape TEXT_CONTENT = textOr(list(kinds("type", Map.of("text", TEXT_PART)), 1, 1_000));
    static final Shape STREAM_OPTIONS = Fields.none().may("include_usage", FLAG);
    static final Fields FUNCTION = Fields.none()
            .must("name", pattern("[a-zA-Z0-9_-]{1,64}", "a name of 1 to 64 letters, digits, _ and -"))
            .may("description", TEXT)
            .may("parameters", OBJECT);
    static final Shape FUNCTION_TOOL = tool("function", FUNCTION);
    static final Fields TOOL_MESSAGE =
            Fields.none().must("role", TEXT).must("tool_call_id", NAME).must("content", TEXT_CONTENT);

    private ChatShapes() {}

    static Fields tool(String field, Shape shape) {
        return Fields.none().must("type", TEXT).must(field, shape);
    }

    static Shape imagePart(Shape url) {
        return Fields.none().must("type", TEXT).must("image_url", url);
    }

    static Shape mediaPart(String type) {
        return Fields.none().must("type", TEXT).must(type, Fields.none().must("url", NAME));
    }

    static Fields message(Shape content) {
        return Fields.none().must("role", TEXT).must("content", content);
    }

    static Shape toolCalls(Fields call) {
        Shape function = Fields.none().must("name", NAME).must("arguments", TEXT);
        return list(call.must("id", NAME).must("type", TEXT).must("function", function), 1, MOST_TOOLS);
    }

    static Shape toolChoice(String... words) {
        Shape named = tool("function", Fields.none().must("name", NAME));
        return either(oneOf(words), kinds("type", Map.of("function", named)));
    }
}
