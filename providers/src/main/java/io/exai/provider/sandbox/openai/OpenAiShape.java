package io.exai.provider.sandbox.openai;

import static io.exai.provider.sandbox.shape.Shapes.ANY;
import static io.exai.provider.sandbox.shape.Shapes.FLAG;
import static io.exai.provider.sandbox.shape.Shapes.NAME;
import static io.exai.provider.sandbox.shape.Shapes.OBJECT;
import static io.exai.provider.sandbox.shape.Shapes.TEXT;
import static io.exai.provider.sandbox.shape.Shapes.kinds;
import static io.exai.provider.sandbox.shape.Shapes.list;
import static io.exai.provider.sandbox.shape.Shapes.number;
import static io.exai.provider.sandbox.shape.Shapes.oneOf;
import static io.exai.provider.sandbox.shape.Shapes.textOr;
import static io.exai.provider.sandbox.shape.Shapes.whole;

import io.exai.provider.sandbox.shape.Fields;
import io.exai.provider.sandbox.shape.Shape;
import java.util.Map;

/** OpenAI's request, as in https://platform.openai.com/docs/api-reference/chat/create. */
final class OpenAiShape {
    static final Shape REQUEST = sampling(Fields.none().must("model", ChatShapes.MODEL))
            .must("messages", list(message(), 1, ChatShapes.MOST_MESSAGES))
            .may("audio", OBJECT)
            .may("function_call", ANY)
            .may("functions", list(ChatShapes.FUNCTION, 1, ChatShapes.MOST_TOOLS))
            .may("metadata", OBJECT)
            .may("modalities", list(oneOf("text", "audio"), 1, 2))
            .may("parallel_tool_calls", FLAG)
            .may("prediction", OBJECT)
            .may("prompt_cache_key", TEXT)
            .may("prompt_cache_retention", oneOf("in-memory", "24h"))
            .may("reasoning_effort", oneOf("none", "minimal", "low", "medium", "high", "xhigh"))
            .may("response_format", responseFormat())
            .may("safety_identifier", TEXT)
            .may("service_tier", oneOf("auto", "default", "flex", "scale", "priority"))
            .may("store", FLAG)
            .may("stream", FLAG)
            .may("stream_options", Fields.none().may("include_usage", FLAG).may("include_obfuscation", FLAG))
            .may("tool_choice", ChatShapes.toolChoice("none", "auto", "required"))
            .may("tools", list(tool(), 1, ChatShapes.MOST_TOOLS))
            .may("user", TEXT)
            .may("verbosity", oneOf("low", "medium", "high"))
            .may("web_search_options", OBJECT);

    private OpenAiShape() {}

    private static Fields sampling(Fields fields) {
        return fields.may("frequency_penalty", number(-2, 2))
                .may("logit_bias", OBJECT)
                .may("logprobs", FLAG)
                .may("max_completion_tokens", whole(1))
                .may("max_tokens", whole(1))
                .may("n", whole(1, 1))
                .may("presence_penalty", number(-2, 2))
                .may("seed", whole(Long.MIN_VALUE))
                .may("stop", textOr(list(TEXT, 1, 4)))
                .may("temperature", number(0, 2))
                .may("top_logprobs", whole(0, 20))
                .may("top_p", number(0, 1));
    }

    static Shape responseFormat() {
        Shape bare = Fields.none().must("type", TEXT);
        Shape schema = Fields.none()
                .must("name", NAME)
                .may("description", TEXT)
                .may("schema", OBJECT)
                .may("strict", FLAG);
        return kinds(
                "type",
                Map.of("text", bare, "json_object", bare, "json_schema", ChatShapes.tool("json_schema", schema)));
    }

    private static Shape tool() {
        Shape function = ChatShapes.FUNCTION.may("strict", FLAG);
        Shape custom = Fields.none().must("name", NAME).may("description", TEXT).may("format", OBJECT);
        return kinds(
                "type",
                Map.of("function", ChatShapes.tool("function", function), "custom", ChatShapes.tool("custom", custom)));
    }

    private static Shape message() {
        Shape image = Fields.none().must("url", NAME).may("detail", oneOf("auto", "low", "high"));
        Shape parts = kinds(
                "type",
                Map.of(
                        "text", ChatShapes.TEXT_PART,
                        "image_url", ChatShapes.imagePart(image),
                        "input_audio", ChatShapes.tool("input_audio", OBJECT),
                        "file", ChatShapes.tool("file", OBJECT)));
        Fields told = ChatShapes.message(ChatShapes.TEXT_CONTENT).may("name", TEXT);
        Shape assistant = Fields.none()
                .must("role", TEXT)
                .may("content", ChatShapes.TEXT_CONTENT)
                .may("name", TEXT)
                .may("refusal", TEXT)
                .may("audio", OBJECT)
                .may("tool_calls", ChatShapes.toolCalls(Fields.none()));
        return kinds(
                "role",
                Map.of(
                        "developer", told,
                        "system", told,
                        "user",
                                ChatShapes.message(textOr(list(parts, 1, 1_000)))
                                        .may("name", TEXT),
                        "assistant", assistant,
                        "tool", ChatShapes.TOOL_MESSAGE));
    }
}
