package io.exai.provider.sandbox.anthropic;

import io.exai.provider.json.Json;
import io.exai.provider.sandbox.question.Question;
import io.exai.provider.sandbox.question.Reply;
import io.exai.provider.sandbox.question.ToolCall;
import io.exai.provider.sandbox.wire.Stamp;
import io.exai.provider.sandbox.wire.Words;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.util.ByteString;

/** Writes one streamed message, event by event; what frames a token travels with it. */
final class MessagesStream {
    private static final ByteString PING = event("ping", Json.object(json -> json.writeStringField("type", "ping")));

    private final Question question;
    private final Stamp stamp;
    private final List<ByteString> events = new ArrayList<>();
    private ByteString frame = ByteString.emptyByteString();
    private int index;

    MessagesStream(Question question, Stamp stamp) {
        this.question = question;
        this.stamp = stamp;
    }

    List<ByteString> events() {
        Reply reply = question.reply();
        frame(
                "message_start",
                json -> Json.object(json, "message", message -> {
                    MessagesVoice.head(message, question, stamp);
                    Json.array(message, "content", none -> {});
                    message.writeNullField("stop_reason");
                    message.writeNullField("stop_sequence");
                    MessagesVoice.usage(message, question, 1);
                }));
        frame = frame.concat(PING);
        thinking(reply.thinking());
        text(reply);
        for (int i = 0; i < reply.calls().size(); i++) {
            call(reply.calls().get(i), MessagesVoice.callId(stamp, i));
        }
        frame("message_delta", json -> {
            Json.object(json, "delta", delta -> {
                delta.writeStringField("stop_reason", MessagesVoice.stop(reply));
                delta.writeNullField("stop_sequence");
            });
            MessagesVoice.usage(json, question, reply.tokens());
        });
        frame("message_stop", json -> {});
        events.add(frame);
        return events;
    }

    private void thinking(String thinking) {
        if (thinking.isEmpty()) {
            return;
        }
        start(block -> {
            block.writeStringField("type", "thinking");
            block.writeStringField("thinking", "");
            block.writeStringField("signature", "");
        });
        Words.split(thinking).forEach(word -> token("thinking_delta", "thinking", word));
        delta("signature_delta", "signature", MessagesVoice.SIGNATURE);
        stop();
    }

    private void text(Reply reply) {
        if (reply.callsTools()) {
            return;
        }
        start(block -> {
            block.writeStringField("type", "text");
            block.writeStringField("text", "");
        });
        if (!reply.text().isEmpty()) {
            Words.split(reply.text()).forEach(word -> token("text_delta", "text", word));
        }
        stop();
    }

    private void call(ToolCall call, String id) {
        start(block -> {
            block.writeStringField("type", "tool_use");
            block.writeStringField("id", id);
            block.writeStringField("name", call.name());
            Json.object(block, "input", none -> {});
        });
        call.pieces().forEach(piece -> token("input_json_delta", "partial_json", piece));
        stop();
    }

    private void start(Json.Content block) {
        frame("content_block_start", json -> {
            json.writeNumberField("index", index);
            Json.object(json, "content_block", block);
        });
    }

    private void token(String type, String field, String piece) {
        delta(type, field, piece);
        events.add(frame);
        frame = ByteString.emptyByteString();
    }

    private void delta(String type, String field, String piece) {
        frame("content_block_delta", json -> {
            json.writeNumberField("index", index);
            Json.object(json, "delta", delta -> {
                delta.writeStringField("type", type);
                delta.writeStringField(field, piece);
            });
        });
    }

    private void stop() {
        frame("content_block_stop", json -> json.writeNumberField("index", index));
        index++;
    }

    private void frame(String type, Json.Content content) {
        frame = frame.concat(event(type, Json.object(json -> {
            json.writeStringField("type", type);
            content.write(json);
        })));
    }

    private static ByteString event(String type, byte[] json) {
        return ByteString.fromString("event: " + type + "\ndata: ")
                .concat(ByteString.fromArray(json))
                .concat(ByteString.fromString("\n\n"));
    }
}
