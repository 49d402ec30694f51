package io.exai.provider.anthropic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonNode;
import io.exai.provider.chat.ChatOutcome;
import io.exai.provider.chat.FunctionCall;
import io.exai.provider.chat.Piece;
import io.exai.provider.chat.ProviderFailure.Kind;
import io.exai.provider.http.BadAnswer;
import io.exai.provider.http.ErrorBody;
import io.exai.provider.http.Origin;
import io.exai.provider.json.Json;
import java.util.function.Consumer;

/** Reads a message that came as one JSON document. */
record WholeMessage(Origin origin, Consumer<Piece> pieces, SignedThoughts thoughts) {
    ChatOutcome read(byte[] body) {
        try {
            JsonNode message = Json.parse(body);
            return message.isMissingNode() ? origin.failure(Kind.EMPTY_ANSWER, "sent an empty answer") : read(message);
        } catch (JsonEOFException cut) {
            return origin.failure(Kind.BROKEN_STREAM, "broke off in the middle of its answer");
        } catch (JsonProcessingException malformed) {
            throw new BadAnswer("sent no JSON: " + malformed.getOriginalMessage());
        }
    }

    private ChatOutcome read(JsonNode message) {
        if (ErrorBody.isError(message)) {
            return ErrorBody.failure(origin, message);
        }
        if (!message.path("content").isArray()) {
            throw new BadAnswer("sent an answer without content");
        }
        var blocks = new Blocks();
        for (JsonNode block : message.path("content")) {
            read(block, blocks);
        }
        blocks.stopReason(Json.text(message, "stop_reason"));
        blocks.usage(message.path("usage"));
        return blocks.answer(origin, thoughts);
    }

    private void read(JsonNode block, Blocks blocks) {
        String text = block.path("text").asText();
        String thought = block.path("thinking").asText();
        switch (block.path("type").asText()) {
            case "text" -> {
                blocks.text(text);
                pass(Piece.said(text));
            }
            case "thinking" -> {
                blocks.thinking(thought);
                blocks.signed(block);
                pass(Piece.thought(thought));
            }
            case "redacted_thinking" -> blocks.signed(block);
            case "tool_use" ->
                blocks.call(new FunctionCall(
                        block.path("id").asText(),
                        block.path("name").asText(),
                        block.path("input").toString()));
            default -> {} // kinds to come
        }
    }

    private void pass(Piece piece) {
        if (!piece.text().isEmpty()) {
            pieces.accept(piece);
        }
    }
}
