package io.exai.provider.sandbox.openai;

import com.fasterxml.jackson.core.JsonGenerator;
import io.exai.provider.json.Json;
import io.exai.provider.sandbox.question.Question;
import io.exai.provider.sandbox.question.ToolCall;
import io.exai.provider.sandbox.wire.Dialect;
import io.exai.provider.sandbox.wire.Stamp;
import java.io.IOException;

/** Writes tool calls into messages and deltas. */
final class ChatCalls {
    private ChatCalls() {}

    /** A whole call; only OpenAI leaves its index out. */
    static void whole(JsonGenerator json, Question question, Stamp stamp, int index) throws IOException {
        ToolCall call = question.reply().calls().get(index);
        Json.member(json, one -> {
            if (question.dialect() != Dialect.OPENAI) {
                one.writeNumberField("index", index);
            }
            named(one, call, stamp, index, call.arguments());
        });
    }

    /** The list of a delta: the beginning of one call, with as much of its arguments as is known. */
    static void begin(JsonGenerator json, ToolCall call, Stamp stamp, int index, String arguments) throws IOException {
        Json.array(
                json,
                "tool_calls",
                calls -> Json.member(calls, one -> {
                    one.writeNumberField("index", index);
                    named(one, call, stamp, index, arguments);
                }));
    }

    /** The list of a delta: more of the arguments of a call. */
    static void more(JsonGenerator json, int index, String arguments) throws IOException {
        Json.array(
                json,
                "tool_calls",
                calls -> Json.member(calls, one -> {
                    one.writeNumberField("index", index);
                    Json.object(one, "function", function -> function.writeStringField("arguments", arguments));
                }));
    }

    private static void named(JsonGenerator json, ToolCall call, Stamp stamp, int index, String arguments)
            throws IOException {
        json.writeStringField("id", "call_sandbox_" + stamp.seq() + '_' + index);
        json.writeStringField("type", call.builtIn() ? "builtin_function" : "function");
        Json.object(json, "function", function -> {
            function.writeStringField("name", call.name());
            function.writeStringField("arguments", arguments);
        });
    }
}
