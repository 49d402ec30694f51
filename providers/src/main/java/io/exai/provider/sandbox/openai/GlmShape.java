package io.exai.provider.sandbox.openai;

import static io.exai.provider.sandbox.shape.Shapes.ANY;
import static io.exai.provider.sandbox.shape.Shapes.FLAG;
import static io.exai.provider.sandbox.shape.Shapes.NAME;
import static io.exai.provider.sandbox.shape.Shapes.TEXT;
import static io.exai.provider.sandbox.shape.Shapes.kinds;
import static io.exai.provider.sandbox.shape.Shapes.list;
import static io.exai.provider.sandbox.shape.Shapes.number;
import static io.exai.provider.sandbox.shape.Shapes.oneOf;
import static io.exai.provider.sandbox.shape.Shapes.pattern;
import static io.exai.provider.sandbox.shape.Shapes.textOr;
import static io.exai.provider.sandbox.shape.Shapes.whole;

import io.exai.provider.sandbox.shape.Fields;
import io.exai.provider.sandbox.shape.Shape;
import java.util.Map;

/** Z.ai's request, as in https://docs.z.ai/api-reference/llm/chat-completion. */
final class GlmShape {
    private static final Shape ENGINE = oneOf(
            "search_std",
            "search_pro",
            "search_pro_sogou",
            "search_pro_quark",
            "search_pro_jina",
            "search_pro_bing",
            "search-prime");
    private static final Shape RECENCY = oneOf("oneDay", "oneWeek", "oneMonth", "oneYear", "noLimit");
    private static final Shape CONTENT_SIZE = oneOf("low", "medium", "high");
    private static final Shape REQUEST_ID = pattern("(?s).{6,64}", "a text of 6 to 64 characters");
    private static final Shape USER_ID = pattern("(?s).{6,128}", "a text of 6 to 128 characters");

    /** The service tolerates {@code stream_options}, which its reference does not name. */
    static final Shape REQUEST = Fields.none()
            .must("model", ChatShapes.MODEL)
            .must("messages", list(message(), 1, ChatShapes.MOST_MESSAGES))
            .may("do_sample", FLAG)
            .may("max_tokens", whole(1, 131_072))
            .may("reasoning_effort", oneOf("max", "xhigh", "high", "medium", "low", "minimal", "none"))
            .may("request_id", REQUEST_ID)
            .may("response_format", kinds("type", Map.of("text", bare(), "json_object", bare())))
            .may("stop", list(TEXT, 1, 4))
            .may("stream", FLAG)
            .may("stream_options", ChatShapes.STREAM_OPTIONS)
            .may("temperature", number(0, 1))
            .may(
                    "thinking",
                    Fields.none().must("type", oneOf("enabled", "disabled")).may("clear_thinking", FLAG))
            .may("tool_choice", oneOf("auto"))
            .may("tool_stream", FLAG)
            .may("tools", list(tool(), 1, ChatShapes.MOST_TOOLS))
            .may("top_p", number(0.01, 1))
            .may("user_id", USER_ID)
            .may("watermark_enabled", FLAG);

    private GlmShape() {}

    private static Shape bare() {
        return Fields.none().must("type", TEXT);
    }

    private static Shape tool() {
        Shape retrieval = Fields.none().must("knowledge_id", NAME).may("prompt_template", TEXT);
        return kinds(
                "type",
                Map.of(
                        "function", ChatShapes.FUNCTION_TOOL,
                        "web_search", ChatShapes.tool("web_search", webSearch()),
                        "retrieval", ChatShapes.tool("retrieval", retrieval)));
    }

    private static Shape webSearch() {
        return Fields.none()
                .may("enable", FLAG)
                .may("search_engine", ENGINE)
                .may("search_query", TEXT)
                .may("search_intent", ANY)
                .may("count", whole(1, 50))
                .may("search_domain_filter", TEXT)
                .may("search_recency_filter", RECENCY)
                .may("content_size", CONTENT_SIZE)
                .may("result_sequence", oneOf("before", "after"))
                .may("search_result", FLAG)
                .may("require_search", FLAG)
                .may("search_prompt", TEXT);
    }

    private static Shape message() {
        Shape parts = kinds(
                "type",
                Map.of(
                        "text", ChatShapes.TEXT_PART,
                        "image_url", ChatShapes.imagePart(Fields.none().must("url", NAME)),
                        "video_url", ChatShapes.mediaPart("video_url"),
                        "file_url", ChatShapes.mediaPart("file_url")));
        Shape assistant = Fields.none()
                .must("role", TEXT)
                .may("content", ChatShapes.TEXT_CONTENT)
                .may("reasoning_content", TEXT)
                .may("tool_calls", ChatShapes.toolCalls(Fields.none().may("index", whole(0))));
        return kinds(
                "role",
                Map.of(
                        "system",
                        ChatShapes.message(ChatShapes.TEXT_CONTENT),
                        "user",
                        ChatShapes.message(textOr(list(parts, 1, 1_000))),
                        "assistant",
                        assistant,
                        "tool",
                        ChatShapes.TOOL_MESSAGE));
    }
}
