package io.exai.provider.sandbox.anthropic;

import static io.exai.provider.sandbox.shape.Shapes.ANY;
import static io.exai.provider.sandbox.shape.Shapes.FLAG;
import static io.exai.provider.sandbox.shape.Shapes.NAME;
import static io.exai.provider.sandbox.shape.Shapes.OBJECT;
import static io.exai.provider.sandbox.shape.Shapes.TEXT;
import static io.exai.provider.sandbox.shape.Shapes.either;
import static io.exai.provider.sandbox.shape.Shapes.kinds;
import static io.exai.provider.sandbox.shape.Shapes.list;
import static io.exai.provider.sandbox.shape.Shapes.named;
import static io.exai.provider.sandbox.shape.Shapes.number;
import static io.exai.provider.sandbox.shape.Shapes.oneOf;
import static io.exai.provider.sandbox.shape.Shapes.pattern;
import static io.exai.provider.sandbox.shape.Shapes.textOr;
import static io.exai.provider.sandbox.shape.Shapes.whole;

import com.fasterxml.jackson.databind.JsonNode;
import io.exai.provider.sandbox.shape.Fields;
import io.exai.provider.sandbox.shape.Shape;
import io.exai.provider.sandbox.wire.InvalidQuestion;
import java.util.Map;

/** Anthropic's request, as in https://docs.anthropic.com/en/api/messages. */
final class AnthropicShape {
    private static final long LEAST_BUDGET = 1_024;

    static final Shape REQUEST = Fields.none()
            .must("model", named("a model name"))
            .must("max_tokens", whole(1))
            .must("messages", list(message(), 1, 100_000))
            .may("cache_control", OBJECT)
            .may("container", ANY)
            .may("context_management", OBJECT)
            .may("inference_geo", TEXT)
            .may("mcp_servers", list(OBJECT, 0, 20))
            .may("metadata", Fields.none().may("user_id", TEXT))
            .may("output_config", OBJECT)
            .may("output_format", OBJECT)
            .may("service_tier", oneOf("auto", "standard_only"))
            .may("stop_sequences", list(TEXT, 0, 8_191))
            .may("stream", FLAG)
            .may("system", textOr(list(kinds("type", Map.of("text", Blocks.TEXT_BLOCK)), 0, 1_000)))
            .may("temperature", number(0, 1))
            .may("thinking", thinking())
            .may("tool_choice", toolChoice())
            .may("tools", list(AnthropicShape::checkTool, 0, 1_000))
            .may("top_k", whole(0))
            .may("top_p", number(0, 1));

    private static final Fields SCHEMA_TOOL = Fields.none()
            .may("type", oneOf("custom"))
            .must("name", pattern("[a-zA-Z0-9_-]{1,128}", "a name of 1 to 128 letters, digits, _ and -"))
            .may("description", TEXT)
            .must("input_schema", AnthropicShape::checkSchema)
            .may("cache_control", OBJECT)
            .may("strict", FLAG)
            .may("defer_loading", FLAG)
            .may("input_examples", list(OBJECT, 0, 100));

    private AnthropicShape() {}

    private static Shape message() {
        Shape content = either(Blocks.SOME_TEXT, list(Blocks.ANY_BLOCK, 1, 10_000));
        return Fields.none().must("role", oneOf("user", "assistant")).must("content", content);
    }

    private static Shape thinking() {
        Fields bare = Fields.none().must("type", TEXT);
        Fields shown = bare.may("display", oneOf("summarized", "omitted"));
        return kinds(
                "type",
                Map.of(
                        "enabled", shown.must("budget_tokens", whole(LEAST_BUDGET)),
                        "adaptive", shown,
                        "disabled", bare));
    }

    private static Shape toolChoice() {
        Fields bare = Fields.none().must("type", TEXT);
        Fields serial = bare.may("disable_parallel_tool_use", FLAG);
        return kinds("type", Map.of("auto", serial, "any", serial, "tool", serial.must("name", NAME), "none", bare));
    }

    /** Tools of a dated type run at the vendor, each with fields of its own. */
    private static void checkTool(JsonNode tool, String at) throws InvalidQuestion {
        if (tool.path("type").asText("custom").matches("[a-z_]+_20[0-9]{6}")) {
            NAME.check(tool.path("name"), at + ".name");
        } else {
            SCHEMA_TOOL.check(tool, at);
        }
    }

    private static void checkSchema(JsonNode schema, String at) throws InvalidQuestion {
        OBJECT.check(schema, at);
        oneOf("object").check(schema.path("type"), at + ".type");
    }
}
