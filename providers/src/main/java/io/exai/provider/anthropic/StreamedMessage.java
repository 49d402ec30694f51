package io.exai.provider.anthropic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.exai.provider.chat.ChatOutcome;
import io.exai.provider.chat.Piece;
import io.exai.provider.chat.ProviderFailure.Kind;
import io.exai.provider.http.ErrorBody;
import io.exai.provider.http.EventStream;
import io.exai.provider.http.Origin;
import io.exai.provider.json.Json;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Folds an event stream into one message, passing its text on as it comes.
 *
 * @see <a href="https://docs.anthropic.com/en/docs/build-with-claude/streaming">events</a>
 */
final class StreamedMessage implements EventStream.Events {
    private final Origin origin;
    private final Consumer<Piece> pieces;
    private final Blocks blocks = new Blocks();
    private final SignedThoughts thoughts;
    private @Nullable OpenBlock open;

    StreamedMessage(Origin origin, Consumer<Piece> pieces, SignedThoughts thoughts) {
        this.origin = origin;
        this.pieces = pieces;
        this.thoughts = thoughts;
    }

    /** Complete with a reason for its end. */
    @Override
    public ChatOutcome end() {
        endBlock();
        return blocks.stopped()
                ? blocks.answer(origin, thoughts)
                : origin.failure(Kind.BROKEN_STREAM, "broke off in the middle of its answer");
    }

    @Override
    public @Nullable ChatOutcome event(String data) throws JsonProcessingException {
        return read(Json.parse(data));
    }

    /** The kind of an event stands in its data too. */
    private @Nullable ChatOutcome read(JsonNode event) {
        switch (event.path("type").asText()) {
            case "message_start" -> blocks.usage(event.path("message").path("usage"));
            case "content_block_start" -> begin(event.path("content_block"));
            case "content_block_delta" -> add(event.path("delta"));
            case "content_block_stop" -> endBlock();
            case "message_delta" -> {
                blocks.stopReason(Json.text(event.path("delta"), "stop_reason"));
                blocks.usage(event.path("usage"));
            }
            case "message_stop" -> {
                endBlock();
                return blocks.answer(origin, thoughts);
            }
            default -> {
                return ErrorBody.isError(event) ? ErrorBody.failure(origin, event) : null; // ping, and kinds to come
            }
        }
        return null;
    }

    private void begin(JsonNode block) {
        endBlock();
        open = new OpenBlock(block);
        pass(block);
    }

    private void add(JsonNode delta) {
        if (open != null) {
            open.add(delta);
        }
        pass(delta);
    }

    private void pass(JsonNode delta) {
        String text = Json.text(delta, "text");
        if (text != null && !text.isEmpty()) {
            blocks.text(text);
            pieces.accept(Piece.said(text));
        }
        String thought = Json.text(delta, "thinking");
        if (thought != null && !thought.isEmpty()) {
            blocks.thinking(thought);
            pieces.accept(Piece.thought(thought));
        }
    }

    private void endBlock() {
        if (open != null) {
            open.closeInto(blocks);
            open = null;
        }
    }
}
