package io.exai.provider.sandbox.openai;

import static io.exai.provider.sandbox.shape.Shapes.FLAG;
import static io.exai.provider.sandbox.shape.Shapes.NAME;
import static io.exai.provider.sandbox.shape.Shapes.TEXT;
import static io.exai.provider.sandbox.shape.Shapes.kinds;
import static io.exai.provider.sandbox.shape.Shapes.list;
import static io.exai.provider.sandbox.shape.Shapes.number;
import static io.exai.provider.sandbox.shape.Shapes.oneOf;
import static io.exai.provider.sandbox.shape.Shapes.textOr;
import static io.exai.provider.sandbox.shape.Shapes.whole;

import io.exai.provider.sandbox.question.WebSearch;
import io.exai.provider.sandbox.shape.Fields;
import io.exai.provider.sandbox.shape.Shape;
import java.util.Map;

/** Moonshot's request, as in https://platform.moonshot.ai/docs/api/chat. */
final class KimiShape {
    static final Shape REQUEST = Fields.none()
            .must("model", ChatShapes.MODEL)
            .must("messages", list(message(), 1, ChatShapes.MOST_MESSAGES))
            .may("frequency_penalty", number(-2, 2))
            .may("max_completion_tokens", whole(1))
            .may("max_tokens", whole(1))
            .may("n", whole(1, 1))
            .may("presence_penalty", number(-2, 2))
            .may("prompt_cache_key", TEXT)
            .may("reasoning_effort", oneOf("low", "high", "max"))
            .may("response_format", OpenAiShape.responseFormat())
            .may("safety_identifier", TEXT)
            .may("seed", whole(Long.MIN_VALUE))
            .may("stop", textOr(list(TEXT, 1, 5)))
            .may("stream", FLAG)
            .may("stream_options", ChatShapes.STREAM_OPTIONS)
            .may("temperature", number(0, 1))
            .may("thinking", Fields.none().must("type", oneOf("enabled", "disabled")))
            .may("tool_choice", ChatShapes.toolChoice("none", "auto", "required"))
            .may("tools", list(tool(), 1, ChatShapes.MOST_TOOLS))
            .may("top_p", number(0, 1))
            .may("user", TEXT);

    private KimiShape() {}

    private static Shape tool() {
        Shape builtIn = Fields.none().must("name", oneOf(WebSearch.BUILT_IN));
        return kinds(
                "type",
                Map.of("function", ChatShapes.FUNCTION_TOOL, "builtin_function", ChatShapes.tool("function", builtIn)));
    }

    private static Shape message() {
        Shape image = textOr(Fields.none().must("url", NAME));
        Shape parts = kinds(
                "type",
                Map.of(
                        "text", ChatShapes.TEXT_PART,
                        "image_url", ChatShapes.imagePart(image),
                        "video_url", ChatShapes.mediaPart("video_url")));
        Shape assistant = Fields.none()
                .must("role", TEXT)
                .may("content", ChatShapes.TEXT_CONTENT)
                .may("name", TEXT)
                .may("partial", FLAG)
                .may("reasoning_content", TEXT)
                .may("tool_calls", ChatShapes.toolCalls(Fields.none().may("index", whole(0))));
        return kinds(
                "role",
                Map.of(
                        "system", ChatShapes.message(ChatShapes.TEXT_CONTENT).may("name", TEXT),
                        "user",
                                ChatShapes.message(textOr(list(parts, 1, 1_000)))
                                        .may("name", TEXT),
                        "assistant", assistant,
                        "tool", ChatShapes.TOOL_MESSAGE.may("name", TEXT)));
    }
}
