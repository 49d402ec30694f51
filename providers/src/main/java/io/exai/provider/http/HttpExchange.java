package io.exai.provider.http;

import io.exai.provider.chat.ChatOutcome;
import io.exai.provider.chat.ChatRequest;
import io.exai.provider.chat.Exchange;
import io.exai.provider.chat.Piece;
import io.exai.provider.chat.ProviderFailure;
import io.exai.provider.chat.ProviderFailure.Kind;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.scaladsl.model.IllegalResponseException;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/** One request on one connection: reads the response and says once how it ended. */
final class HttpExchange implements Exchange {
    /** What the parser says when the connection ends inside the head of a response. */
    private static final String CUT_HEAD = "Illegal HTTP message start";

    /** What a reader says of a body that has not come to its end. */
    private static final Set<Kind> INCOMPLETE = EnumSet.of(Kind.BROKEN_STREAM, Kind.EMPTY_ANSWER, Kind.BAD_ANSWER);

    private final CompletableFuture<ChatOutcome> outcome = new CompletableFuture<>();
    private final Responses responses;
    private final Origin origin;
    private final ChatRequest request;
    private final Connection connection;
    private final Consumer<Piece> pieces;
    private final Duration maxSilence;
    private final ActorSystem<?> system;
    private volatile boolean responding;

    HttpExchange(
            Origin origin,
            ChatRequest request,
            Connection connection,
            Consumer<Piece> pieces,
            Responses responses,
            HttpUpstream.Limits limits,
            ActorSystem<?> system) {
        this.origin = origin;
        this.request = request;
        this.connection = connection;
        this.pieces = pieces;
        this.responses = responses;
        this.maxSilence = limits.maxSilence();
        this.system = system;
    }

    @Override
    public CompletionStage<ChatOutcome> outcome() {
        return outcome;
    }

    @Override
    public void cancel() {
        connection.abort(this);
    }

    /** Called by the connection, on its thread. */
    void respond(HttpResponse response) {
        responding = true;
        BodyReader reader = responses.reader(request, response, origin, pieces);
        if (response.entity() instanceof HttpEntity.Strict strict) {
            readStrict(strict.getData(), reader, reusable(response));
        } else {
            readStream(response, reader);
        }
    }

    /** Called by the connection when it ends; a body that has begun may still be read and ends by itself. */
    void breakOff(@Nullable Throwable failure, boolean reached) {
        if (responding) {
            return;
        }
        if (reached) {
            outcome.complete(meaning(failure));
        } else {
            String why = failure == null ? "no connection" : String.valueOf(failure.getMessage());
            outcome.complete(origin.failure(
                    Kind.UNREACHABLE, "cannot be reached at " + origin.route().baseUrl() + ": " + why));
        }
    }

    private void readStrict(ByteString data, BodyReader reader, boolean reusable) {
        ChatOutcome result;
        try {
            ChatOutcome early = data.isEmpty() ? null : reader.read(data);
            result = early == null ? reader.end() : early;
        } catch (RuntimeException unreadable) {
            result = meaning(unreadable);
        }
        connection.release(this, reusable);
        outcome.complete(result);
    }

    private void readStream(HttpResponse response, BodyReader reader) {
        response.entity()
                .withoutSizeLimit()
                .getDataBytes()
                .idleTimeout(maxSilence)
                .runForeach(bytes -> read(bytes, reader), system)
                .whenCompleteAsync(
                        (done, failure) -> end(reader, failure, reusable(response)), system.executionContext());
    }

    /** What is certain is said at once; the rest of the body is still read, for the connection's sake. */
    private void read(ByteString bytes, BodyReader reader) {
        ChatOutcome early = reader.read(bytes);
        if (early != null) {
            outcome.complete(early);
        }
    }

    private void end(BodyReader reader, @Nullable Throwable failure, boolean reusable) {
        ChatOutcome result = failure == null ? ended(reader) : salvaged(reader, failure);
        connection.release(this, reusable && failure == null);
        outcome.complete(result);
    }

    private ChatOutcome ended(BodyReader reader) {
        try {
            return reader.end();
        } catch (RuntimeException unreadable) {
            return meaning(unreadable);
        }
    }

    /** A body may have said all that matters before it broke off or fell silent. */
    private ChatOutcome salvaged(BodyReader reader, Throwable failure) {
        ProviderFailure broken = meaning(failure);
        if (broken.kind() == Kind.BAD_ANSWER) {
            return broken;
        }
        ChatOutcome said = ended(reader);
        return said instanceof ProviderFailure none && INCOMPLETE.contains(none.kind()) ? broken : said;
    }

    private ProviderFailure meaning(@Nullable Throwable wrapped) {
        Throwable failure = wrapped instanceof CompletionException ? wrapped.getCause() : wrapped;
        if (failure instanceof BadAnswer bad) {
            return origin.failure(Kind.BAD_ANSWER, String.valueOf(bad.getMessage()));
        }
        if (failure instanceof TimeoutException) {
            return origin.failure(
                    Kind.STALLED, "sent nothing for " + maxSilence.toMillis() + " ms in the middle of its answer");
        }
        if (failure instanceof IllegalResponseException illegal && !CUT_HEAD.equals(illegal.getMessage())) {
            return origin.failure(Kind.BAD_ANSWER, "sent no HTTP: " + illegal.getMessage());
        }
        return origin.failure(Kind.BROKEN_STREAM, "closed the connection before its answer was complete");
    }

    private static boolean reusable(HttpResponse response) {
        return !(response.entity() instanceof HttpEntity.CloseDelimited)
                && response.getHeader("Connection")
                        .map(header -> !header.value().equalsIgnoreCase("close"))
                        .orElse(true);
    }
}
