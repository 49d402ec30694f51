package io.exai.provider.sandbox.openai;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.exai.provider.json.Json;
import io.exai.provider.sandbox.question.Question;
import io.exai.provider.sandbox.question.Reply;
import io.exai.provider.sandbox.question.ToolCall;
import io.exai.provider.sandbox.question.WebSearch;
import io.exai.provider.sandbox.wire.Dialect;
import io.exai.provider.sandbox.wire.Stamp;
import io.exai.provider.sandbox.wire.Words;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.pekko.util.ByteString;

/** Writes one streamed answer, event by event. */
final class ChatStream {
    private static final ByteString DONE = ByteString.fromString("data: [DONE]\n\n");
    private static final ByteString DATA = ByteString.fromString("data: ");
    private static final JsonStringEncoder QUOTES = JsonStringEncoder.getInstance();
    private static final byte[] NOTHING = new byte[0];
    private static final byte[] QUOTE = ascii("\"");
    private static final byte[] PREFIX = ascii("data: ");
    private static final ByteString END = ByteString.fromString("\n\n", StandardCharsets.US_ASCII);

    private static final byte[] CHOICE = ascii(",\"choices\":[{\"index\":0,\"delta\":{");
    private static final byte[] ROLE = ascii("\"role\":\"assistant\",");
    private static final byte[] UNFINISHED = ascii("},\"finish_reason\":null}]}\n\n");
    private static final byte[] UNFINISHED_GLM = ascii("}}]}\n\n");

    private final Question question;
    private final Stamp stamp;
    private final boolean glm;
    private final byte[] head;
    private final List<ByteString> events = new ArrayList<>();

    ChatStream(Question question, Stamp stamp) {
        this.question = question;
        this.stamp = stamp;
        this.glm = question.dialect() == Dialect.GLM;
        this.head = Json.object(json -> ChatVoice.head(json, "chat.completion.chunk", question, stamp));
    }

    List<ByteString> events() {
        Reply reply = question.reply();
        words(reply.thinking(), "\"reasoning_content\":\"");
        words(reply.text(), "\"content\":\"");
        for (int i = 0; i < reply.calls().size(); i++) {
            call(reply.calls().get(i), i);
        }
        events.add(end(ChatVoice.finish(reply)));
        return events;
    }

    private void words(String text, String field) {
        if (!text.isEmpty()) {
            byte[] opening = ascii(field);
            Words.split(text).forEach(word -> delta(opening, QUOTES.quoteAsUTF8(word), QUOTE));
        }
    }

    /** Z.ai sends the arguments in one piece unless {@code tool_stream} is on. */
    private void call(ToolCall call, int index) {
        boolean pieces = !glm || question.body().path("tool_stream").booleanValue();
        call(json -> ChatCalls.begin(json, call, stamp, index, pieces ? "" : call.arguments()));
        if (pieces) {
            call.pieces().forEach(piece -> call(json -> ChatCalls.more(json, index, piece)));
        }
    }

    private void call(Json.Content content) {
        byte[] members = Json.object(content);
        delta(Arrays.copyOfRange(members, 1, members.length - 1), NOTHING, NOTHING);
    }

    /** The first delta tells the role; Z.ai's deltas all do, and have no finish reason before the last. */
    private void delta(byte[] opening, byte[] text, byte[] closing) {
        var event = new ByteArrayOutputStream(head.length + text.length + 128);
        event.writeBytes(PREFIX);
        event.write(head, 0, head.length - 1);
        event.writeBytes(CHOICE);
        if (glm || events.isEmpty()) {
            event.writeBytes(ROLE);
        }
        event.writeBytes(opening);
        event.writeBytes(text);
        event.writeBytes(closing);
        event.writeBytes(glm ? UNFINISHED_GLM : UNFINISHED);
        events.add(ByteString.fromArrayUnsafe(event.toByteArray()));
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
            if (glm) {
                ChatUsage.write(json, question);
            }
            if (!question.reply().search().isEmpty()) {
                WebSearch.results(json, "web_search", question.reply().search());
            }
        }));
        return question.usageWanted() && !glm ? end.concat(usage()).concat(DONE) : end.concat(DONE);
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

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
