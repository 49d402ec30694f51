package io.exai.provider.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonNode;
import io.exai.provider.chat.ChatOutcome;
import io.exai.provider.chat.Piece;
import io.exai.provider.chat.ProviderFailure.Kind;
import io.exai.provider.http.BadAnswer;
import io.exai.provider.http.Draft;
import io.exai.provider.http.ErrorBody;
import io.exai.provider.http.Origin;
import io.exai.provider.json.Json;
import java.util.function.Consumer;

/** Reads an answer that came as one JSON document. */
final class WholeAnswer {
    private final Origin origin;
    private final Consumer<Piece> pieces;

    /** A vendor may answer a request for a stream with a document: then all of it is one piece. */
    WholeAnswer(Origin origin, Consumer<Piece> pieces) {
        this.origin = origin;
        this.pieces = pieces;
    }

    ChatOutcome read(byte[] body) {
        try {
            JsonNode answer = Json.parse(body);
            return answer.isMissingNode() ? origin.failure(Kind.EMPTY_ANSWER, "sent an empty answer") : read(answer);
        } catch (JsonEOFException cut) {
            return origin.failure(Kind.BROKEN_STREAM, "broke off in the middle of its answer");
        } catch (JsonProcessingException malformed) {
            throw new BadAnswer("sent no JSON: " + malformed.getOriginalMessage());
        }
    }

    private ChatOutcome read(JsonNode answer) {
        if (ErrorBody.isError(answer)) {
            return ErrorBody.failure(origin, answer);
        }
        JsonNode choice = answer.path("choices").path(0);
        JsonNode message = choice.path("message");
        if (!message.isObject()) {
            throw new BadAnswer("sent an answer without choices[0].message");
        }
        String text = Fields.said(message);
        String reasoning = Fields.reasoning(message);
        var draft = new Draft(
                text == null ? "" : text,
                reasoning,
                Fields.calls(message),
                Fields.finishReason(choice),
                Fields.usage(used(answer, choice)));
        if (reasoning != null && !reasoning.isEmpty()) {
            pieces.accept(Piece.thought(reasoning));
        }
        if (text != null && !text.isEmpty()) {
            pieces.accept(Piece.said(text));
        }
        return draft.outcome(origin);
    }

    /** Moonshot puts the usage of a stream into its last choice; a document is read the same way. */
    private static JsonNode used(JsonNode answer, JsonNode choice) {
        return answer.path("usage").isObject() ? answer.path("usage") : choice.path("usage");
    }
}
