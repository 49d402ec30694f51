package io.exai.provider.sandbox.anthropic;

import com.fasterxml.jackson.core.JsonGenerator;
import io.exai.provider.json.Json;
import io.exai.provider.sandbox.question.Question;
import io.exai.provider.sandbox.question.Reply;
import io.exai.provider.sandbox.question.ToolCall;
import io.exai.provider.sandbox.question.Voice;
import io.exai.provider.sandbox.wire.Stamp;
import java.io.IOException;
import java.util.List;
import org.apache.pekko.util.ByteString;

/** Writes answers the way Anthropic and MiniMax do. */
public final class MessagesVoice implements Voice {
    static final String SIGNATURE = "c2FuZGJveA==";

    @Override
    public byte[] whole(Question question, Stamp stamp) {
        return Json.object(json -> {
            head(json, question, stamp);
            Json.array(json, "content", content -> content(content, question.reply(), stamp));
            json.writeStringField("stop_reason", stop(question.reply()));
            json.writeNullField("stop_sequence");
            usage(json, question, question.reply().tokens());
        });
    }

    @Override
    public List<ByteString> events(Question question, Stamp stamp) {
        return new MessagesStream(question, stamp).events();
    }

    static void head(JsonGenerator json, Question question, Stamp stamp) throws IOException {
        json.writeStringField("id", "msg_sandbox_" + stamp.seq());
        json.writeStringField("type", "message");
        json.writeStringField("role", "assistant");
        json.writeStringField("model", question.model());
    }

    static String stop(Reply reply) {
        return reply.callsTools() ? "tool_use" : "end_turn";
    }

    static String callId(Stamp stamp, int index) {
        return "toolu_sandbox_" + stamp.seq() + '_' + index;
    }

    /** Cached tokens are not among the input tokens. */
    static void usage(JsonGenerator json, Question question, int output) throws IOException {
        int cached = question.input().cached();
        Json.object(json, "usage", usage -> {
            usage.writeNumberField("input_tokens", question.inputTokens() - cached);
            usage.writeNumberField("cache_creation_input_tokens", 0);
            usage.writeNumberField("cache_read_input_tokens", cached);
            usage.writeNumberField("output_tokens", output);
        });
    }

    private static void content(JsonGenerator json, Reply reply, Stamp stamp) throws IOException {
        if (!reply.thinking().isEmpty()) {
            Json.member(json, block -> {
                block.writeStringField("type", "thinking");
                block.writeStringField("thinking", reply.thinking());
                block.writeStringField("signature", SIGNATURE);
            });
        }
        if (!reply.callsTools()) {
            Json.member(json, block -> {
                block.writeStringField("type", "text");
                block.writeStringField("text", reply.text());
            });
        }
        for (int i = 0; i < reply.calls().size(); i++) {
            String id = callId(stamp, i);
            ToolCall call = reply.calls().get(i);
            Json.member(json, block -> {
                block.writeStringField("type", "tool_use");
                block.writeStringField("id", id);
                block.writeStringField("name", call.name());
                block.writeFieldName("input");
                block.writeRawValue(call.arguments());
            });
        }
    }
}
