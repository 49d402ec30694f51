package io.exai.provider.sandbox.openai;

import com.fasterxml.jackson.core.JsonGenerator;
import io.exai.provider.json.Json;
import io.exai.provider.sandbox.question.Question;
import io.exai.provider.sandbox.question.Reply;
import io.exai.provider.sandbox.question.Voice;
import io.exai.provider.sandbox.question.WebSearch;
import io.exai.provider.sandbox.wire.Dialect;
import io.exai.provider.sandbox.wire.Stamp;
import java.io.IOException;
import java.util.List;
import org.apache.pekko.util.ByteString;

/** Writes answers the way OpenAI, Moonshot and Z.ai do. */
public final class ChatVoice implements Voice {
    @Override
    public byte[] whole(Question question, Stamp stamp) {
        Reply reply = question.reply();
        return Json.object(json -> {
            head(json, "chat.completion", question, stamp);
            json.writeArrayFieldStart("choices");
            json.writeStartObject();
            json.writeNumberField("index", 0);
            Json.object(json, "message", message -> message(message, question, stamp));
            json.writeStringField("finish_reason", finish(reply));
            json.writeEndObject();
            json.writeEndArray();
            ChatUsage.write(json, question);
            if (!reply.search().isEmpty()) {
                WebSearch.results(json, "web_search", reply.search());
            }
        });
    }

    @Override
    public List<ByteString> events(Question question, Stamp stamp) {
        return new ChatStream(question, stamp).events();
    }

    static void head(JsonGenerator json, String kind, Question question, Stamp stamp) throws IOException {
        json.writeStringField("id", "chatcmpl-sandbox-" + stamp.seq());
        json.writeStringField("object", kind);
        json.writeNumberField("created", stamp.arrived().getEpochSecond());
        json.writeStringField("model", question.model());
        if (question.dialect() == Dialect.GLM) {
            String requestId = question.body().path("request_id").asText("sandbox-" + stamp.seq());
            json.writeStringField("request_id", requestId);
        }
    }

    static String finish(Reply reply) {
        return reply.callsTools() ? "tool_calls" : "stop";
    }

    private static void message(JsonGenerator json, Question question, Stamp stamp) throws IOException {
        Reply reply = question.reply();
        json.writeStringField("role", "assistant");
        if (reply.callsTools() && question.dialect() == Dialect.OPENAI) {
            json.writeNullField("content");
        } else {
            json.writeStringField("content", reply.text());
        }
        if (!reply.thinking().isEmpty()) {
            json.writeStringField("reasoning_content", reply.thinking());
        }
        if (reply.callsTools()) {
            Json.array(json, "tool_calls", calls -> {
                for (int i = 0; i < reply.calls().size(); i++) {
                    ChatCalls.whole(calls, question, stamp, i);
                }
            });
        }
    }
}
