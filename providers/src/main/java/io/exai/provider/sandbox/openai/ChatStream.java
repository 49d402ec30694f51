package io.exai.provider.sandbox.openai;

import io.exai.provider.sandbox.question.Question;
import io.exai.provider.sandbox.question.Reply;
import io.exai.provider.sandbox.question.ToolCall;
import io.exai.provider.sandbox.question.WebSearch;
import io.exai.provider.sandbox.wire.Dialect;
import io.exai.provider.sandbox.wire.Json;
import io.exai.provider.sandbox.wire.Stamp;
import io.exai.provider.sandbox.wire.Words;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.util.ByteString;

/** Writes one streamed answer, event by event. */
final class ChatStream {
    private static final ByteString DONE = ByteString.fromString("data: [DONE]\n\n");
    private static final ByteString DATA = ByteString.fromString("data: ");
    private static final ByteString END = ByteString.fromString("\n\n", StandardCharsets.US_ASCII);

    private final Question question;
    private final Stamp stamp;
    private final List<ByteString> events = new ArrayList<>();

    ChatStream(Question question, Stamp stamp) {
        this.question = question;
        this.stamp = stamp;
    }

    List<ByteString> events() {
        Reply reply = question.reply();
        words(reply.thinking(), "reasoning_content");
        words(reply.text(), "content");
        for (int i = 0; i < reply.calls().size(); i++) {
            call(reply.calls().get(i), i);
        }
        events.add(end(ChatVoice.finish(reply)));
        return events;
    }

    private void words(String text, String field) {
        if (!text.isEmpty()) {
            Words.split(text).forEach(word -> delta(delta -> delta.writeStringField(field, word)));
        }
    }

    /** Z.ai sends the arguments in one piece unless {@code tool_stream} is on. */
    private void call(ToolCall call, int index) {
        boolean pieces = question.dialect() != Dialect.GLM
                || question.body().path("tool_stream").booleanValue();
        if (!pieces) {
            delta(delta -> ChatCalls.begin(delta, call, stamp, index, call.arguments()));
            return;
        }
        delta(delta -> ChatCalls.begin(delta, call, stamp, index, ""));
        call.pieces().forEach(piece -> delta(delta -> ChatCalls.more(delta, index, piece)));
    }

    /** The first delta tells the role; Z.ai's deltas all do, and have no finish reason before the last. */
    private void delta(Json.Content content) {
        boolean glm = question.dialect() == Dialect.GLM;
        boolean role = glm || events.isEmpty();
        events.add(event(Json.object(json -> {
            ChatVoice.head(json, "chat.completion.chunk", question, stamp);
            json.writeArrayFieldStart("choices");
            json.writeStartObject();
            json.writeNumberField("index", 0);
            Json.object(json, "delta", delta -> {
                if (role) {
                    delta.writeStringField("role", "assistant");
                }
                content.write(delta);
            });
            if (!glm) {
                json.writeNullField("finish_reason");
            }
            json.writeEndObject();
            json.writeEndArray();
        })));
    }

    private ByteString end(String finish) {
        ByteString end = event(Json.object(json -> {
            ChatVoice.head(json, "chat.completion.chunk", question, stamp);
            Json.array(
                    json,
                    "choices",
                    choices -> Json.member(choices, choice -> {
                        choice.writeNumberField("index", 0);
                        Json.object(choice, "delta", delta -> {});
                        choice.writeStringField("finish_reason", finish);
                        if (question.dialect() == Dialect.KIMI) {
                            ChatUsage.write(choice, question);
                        }
                    }));
            if (question.dialect() == Dialect.GLM) {
                ChatUsage.write(json, question);
            }
            if (!question.reply().search().isEmpty()) {
                WebSearch.results(json, "web_search", question.reply().search());
            }
        }));
        return question.usageWanted() && question.dialect() != Dialect.GLM
                ? end.concat(usage()).concat(DONE)
                : end.concat(DONE);
    }

    private ByteString usage() {
        return event(Json.object(json -> {
            ChatVoice.head(json, "chat.completion.chunk", question, stamp);
            Json.array(json, "choices", choices -> {});
            ChatUsage.write(json, question);
        }));
    }

    private static ByteString event(byte[] json) {
        return DATA.concat(ByteString.fromArray(json)).concat(END);
    }
}
