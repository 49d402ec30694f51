package io.exai.provider.sandbox;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/** Writes answers the way an OpenAI-compatible vendor does. */
final class Answers {
    private static final ByteString DONE = ByteString.fromString("data: [DONE]\n\n");

    private Answers() {}

    static byte[] whole(Question question, Entry entry) {
        String answer = question.answer();
        return Json.object(json -> {
            head(json, "chat.completion", question, entry);
            json.writeArrayFieldStart("choices");
            json.writeStartObject();
            json.writeNumberField("index", 0);
            Json.object(json, "message", message -> {
                message.writeStringField("role", "assistant");
                message.writeStringField("content", answer);
            });
            json.writeStringField("finish_reason", "stop");
            json.writeEndObject();
            json.writeEndArray();
            usage(json, question, Words.count(answer));
        });
    }

    /** One event a word, then the end of the answer. */
    static List<ByteString> events(Question question, Entry entry) {
        var events = new ArrayList<ByteString>();
        List<String> words = Words.split(question.answer());
        words.forEach(word -> events.add(word(question, entry, word)));
        ByteString end = event(Json.object(json -> {
            head(json, "chat.completion.chunk", question, entry);
            choice(json, "", "stop");
        }));
        if (question.usageWanted()) {
            end = end.concat(event(Json.object(json -> {
                head(json, "chat.completion.chunk", question, entry);
                json.writeArrayFieldStart("choices");
                json.writeEndArray();
                usage(json, question, words.size());
            })));
        }
        events.add(end.concat(DONE));
        return events;
    }

    static byte[] error(String message, String type, @Nullable String field) {
        return Json.object(json -> Json.object(json, "error", error -> {
            error.writeStringField("message", message);
            error.writeStringField("type", type);
            error.writeStringField("param", field);
            error.writeStringField("code", type);
        }));
    }

    static byte[] models() {
        return Json.object(json -> {
            json.writeStringField("object", "list");
            json.writeArrayFieldStart("data");
            json.writeStartObject();
            json.writeStringField("id", "sandbox-echo");
            json.writeStringField("object", "model");
            json.writeStringField("owned_by", "sandbox");
            json.writeEndObject();
            json.writeEndArray();
        });
    }

    private static ByteString word(Question question, Entry entry, String word) {
        return event(Json.object(json -> {
            head(json, "chat.completion.chunk", question, entry);
            choice(json, word, "");
        }));
    }

    private static void head(JsonGenerator json, String kind, Question question, Entry entry) throws IOException {
        json.writeStringField("id", "chatcmpl-sandbox-" + entry.seq());
        json.writeStringField("object", kind);
        json.writeNumberField("created", entry.arrived().getEpochSecond());
        json.writeStringField("model", question.model());
    }

    private static void choice(JsonGenerator json, String word, String finish) throws IOException {
        json.writeArrayFieldStart("choices");
        json.writeStartObject();
        json.writeNumberField("index", 0);
        Json.object(json, "delta", delta -> {
            if (!word.isEmpty()) {
                delta.writeStringField("content", word);
            }
        });
        if (finish.isEmpty()) {
            json.writeNullField("finish_reason");
        } else {
            json.writeStringField("finish_reason", finish);
        }
        json.writeEndObject();
        json.writeEndArray();
    }

    private static void usage(JsonGenerator json, Question question, int outputTokens) throws IOException {
        Json.object(json, "usage", usage -> {
            usage.writeNumberField("prompt_tokens", question.inputTokens());
            usage.writeNumberField("completion_tokens", outputTokens);
            usage.writeNumberField("total_tokens", question.inputTokens() + outputTokens);
        });
    }

    private static ByteString event(byte[] json) {
        return ByteString.fromString("data: ")
                .concat(ByteString.fromArray(json))
                .concat(ByteString.fromString("\n\n", StandardCharsets.US_ASCII));
    }
}
