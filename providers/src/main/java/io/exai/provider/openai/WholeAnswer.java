package io.exai.provider.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonNode;
import io.exai.provider.chat.ChatAnswer;
import io.exai.provider.chat.ChatOutcome;
import io.exai.provider.chat.FunctionCall;
import io.exai.provider.chat.Piece;
import io.exai.provider.chat.ProviderFailure.Kind;
import io.exai.provider.http.BadAnswer;
import io.exai.provider.http.ErrorBody;
import io.exai.provider.http.Json;
import io.exai.provider.http.Origin;
import java.util.List;
import java.util.function.Consumer;

/** Reads an answer that came as one JSON document. */
final class WholeAnswer {
    private final Origin origin;
    private final Consumer<Piece> pieces;

    /** A vendor may answer a request for a stream with a document: then its text is one delta. */
    WholeAnswer(Origin origin, Consumer<Piece> pieces) {
        this.origin = origin;
        this.pieces = pieces;
    }

    ChatOutcome read(byte[] body) {
        if (body.length == 0) {
            return origin.failure(Kind.EMPTY_ANSWER, "sent an empty answer");
        }
        try {
            return read(Json.parse(body));
        } catch (JsonEOFException cut) {
            return origin.failure(Kind.BROKEN_STREAM, "broke off in the middle of its answer");
        } catch (JsonProcessingException malformed) {
            throw new BadAnswer("sent no JSON: " + malformed.getOriginalMessage());
        }
    }

    private ChatOutcome read(JsonNode answer) {
        if (answer.path("error").isObject()) {
            return ErrorBody.failure(origin, answer.path("error"));
        }
        JsonNode choice = answer.path("choices").path(0);
        JsonNode message = choice.path("message");
        if (!message.isObject()) {
            throw new BadAnswer("sent an answer without choices[0].message");
        }
        String content = Json.text(message, "content");
        String text = content == null ? "" : content;
        List<FunctionCall> calls = Fields.calls(message);
        if (text.isBlank() && calls.isEmpty()) {
            return origin.failure(Kind.EMPTY_ANSWER, "sent an answer without text");
        }
        if (!text.isEmpty()) {
            pieces.accept(Piece.said(text));
        }
        String reason = Json.text(choice, "finish_reason");
        return new ChatAnswer(
                text,
                Fields.reasoning(message),
                origin.provider(),
                origin.model(),
                reason == null ? "stop" : reason,
                Fields.usage(used(answer, choice)),
                calls);
    }

    /** Moonshot puts the usage of a stream into its last choice; a document is read the same way. */
    private static JsonNode used(JsonNode answer, JsonNode choice) {
        return answer.path("usage").isObject() ? answer.path("usage") : choice.path("usage");
    }
}
