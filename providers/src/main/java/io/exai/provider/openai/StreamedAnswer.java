package io.exai.provider.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.exai.provider.chat.ChatOutcome;
import io.exai.provider.chat.Piece;
import io.exai.provider.chat.ProviderFailure.Kind;
import io.exai.provider.chat.Usage;
import io.exai.provider.http.Draft;
import io.exai.provider.http.ErrorBody;
import io.exai.provider.http.EventStream;
import io.exai.provider.http.Origin;
import io.exai.provider.json.Json;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Folds an event stream into one answer, passing its text on as it comes. */
final class StreamedAnswer implements EventStream.Events {
    private final Origin origin;
    private final Consumer<Piece> pieces;
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder reasoning = new StringBuilder();
    private final CallPieces calls = new CallPieces();
    private Usage usage = Usage.NONE;
    private @Nullable String finishReason;

    StreamedAnswer(Origin origin, Consumer<Piece> pieces) {
        this.origin = origin;
        this.pieces = pieces;
    }

    /** Complete with a finish reason: some vendors leave the end mark out. */
    @Override
    public ChatOutcome end() {
        return finishReason != null
                ? answer()
                : origin.failure(Kind.BROKEN_STREAM, "broke off in the middle of its answer");
    }

    @Override
    public @Nullable ChatOutcome event(String data) throws JsonProcessingException {
        if (data.strip().equals("[DONE]")) {
            return answer();
        }
        JsonNode chunk = Json.parse(data);
        if (ErrorBody.isError(chunk)) {
            return ErrorBody.failure(origin, chunk);
        }
        read(chunk);
        return null;
    }

    private void read(JsonNode chunk) {
        JsonNode choice = chunk.path("choices").path(0);
        String thought = Fields.reasoning(choice.path("delta"));
        if (thought != null && !thought.isEmpty()) {
            reasoning.append(thought);
            pieces.accept(Piece.thought(thought));
        }
        String piece = Fields.said(choice.path("delta"));
        if (piece != null && !piece.isEmpty()) {
            text.append(piece);
            pieces.accept(Piece.said(piece));
        }
        calls.add(choice.path("delta"));
        String reason = Fields.finishReason(choice);
        finishReason = reason == null ? finishReason : reason;
        // Moonshot puts the usage into the last choice, the others beside the choices.
        JsonNode used = chunk.path("usage").isObject() ? chunk.path("usage") : choice.path("usage");
        usage = used.isObject() ? Fields.usage(used) : usage;
    }

    private ChatOutcome answer() {
        String thought = reasoning.isEmpty() ? null : reasoning.toString();
        return new Draft(text.toString(), thought, calls.whole(), finishReason, usage).outcome(origin);
    }
}
