package io.exai.provider.file;

import io.exai.provider.chat.ProviderFailure.Kind;
import io.exai.provider.http.BadAnswer;
import io.exai.provider.http.ErrorBody;
import io.exai.provider.http.Origin;
import io.exai.provider.http.RetryAfter;
import io.exai.provider.http.Transport;
import io.exai.provider.setting.Route;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.Uri;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/** Sends requests to one vendor, each on a connection of its own, and reads answers of bounded size. */
public final class DirectCalls {
    private static final Attributes QUIET =
            Attributes.createLogLevels(Attributes.logLevelOff(), Attributes.logLevelOff(), Attributes.logLevelOff());

    private final Route route;
    private final Limits limits;
    private final Clock clock;
    private final ActorSystem<?> system;
    private final Flow<HttpRequest, HttpResponse, ? extends CompletionStage<?>> transport;

    /**
     * How far a call goes.
     *
     * @param timeout from connecting to the last byte of the answer
     * @param maxAnswerSize in bytes
     */
    public record Limits(Duration connectTimeout, Duration timeout, long maxAnswerSize) {}

    private record Answer(HttpResponse head, ByteString body) {}

    private DirectCalls(
            Route route,
            Limits limits,
            Clock clock,
            ActorSystem<?> system,
            Flow<HttpRequest, HttpResponse, ? extends CompletionStage<?>> transport) {
        this.route = route;
        this.limits = limits;
        this.clock = clock;
        this.system = system;
        this.transport = transport;
    }

    public static DirectCalls create(Route route, Limits limits, Clock clock, ActorSystem<?> system) {
        var transport = Transport.to(Uri.create(route.baseUrl()), limits.connectTimeout(), system);
        return new DirectCalls(route, limits, clock, system, transport);
    }

    /** Where a path below the vendor's address is, without its host. */
    String path(String below) {
        return Uri.create(route.baseUrl()).getPathString() + below;
    }

    /**
     * Completes with what the reader makes of the body of a success.
     *
     * @param subject what the vendor may not know, for people to read
     * @param reader may throw {@link BadAnswer}
     */
    <T> CompletionStage<Reply<T>> send(HttpRequest request, String subject, Function<ByteString, T> reader) {
        var origin = origin(subject);
        var running = Source.single(authorized(request))
                .viaMat(transport, Keep.right())
                .mapAsync(1, this::whole)
                .completionTimeout(limits.timeout())
                .toMat(Sink.head(), Keep.both())
                .addAttributes(QUIET)
                .run(system);
        CompletionStage<?> connected = running.first();
        return running.second()
                .handle((answer, failure) ->
                        answer == null ? failed(origin, failure, connected) : read(origin, answer, reader));
    }

    /** A call that is not made. */
    <T> CompletionStage<Reply<T>> refuse(String message) {
        return CompletableFuture.completedFuture(new Reply.Failed<>(origin("").failure(Kind.INVALID_REQUEST, message)));
    }

    private Origin origin(String subject) {
        return new Origin(route, "", subject);
    }

    private HttpRequest authorized(HttpRequest request) {
        String apiKey = route.apiKey();
        return apiKey == null ? request : request.addHeader(RawHeader.create("Authorization", "Bearer " + apiKey));
    }

    private CompletionStage<Answer> whole(HttpResponse response) {
        return response.entity()
                .withoutSizeLimit()
                .getDataBytes()
                .runFold(ByteString.emptyByteString(), this::joined, system)
                .thenApply(body -> new Answer(response, body));
    }

    private ByteString joined(ByteString all, ByteString more) {
        if (all.size() + (long) more.size() > limits.maxAnswerSize()) {
            throw new BadAnswer("sent an answer larger than max-answer-size = " + limits.maxAnswerSize());
        }
        return all.concat(more);
    }

    private <T> Reply<T> read(Origin origin, Answer answer, Function<ByteString, T> reader) {
        int status = answer.head().status().intValue();
        if (status < 200 || status >= 300) {
            return new Reply.Failed<>(
                    ErrorBody.failure(origin, status, answer.body().toArray(), RetryAfter.of(answer.head(), clock)));
        }
        try {
            return new Reply.Got<>(reader.apply(answer.body()));
        } catch (BadAnswer bad) {
            return new Reply.Failed<>(origin.failure(Kind.BAD_ANSWER, String.valueOf(bad.getMessage())));
        }
    }

    private <T> Reply<T> failed(Origin origin, @Nullable Throwable wrapped, CompletionStage<?> connected) {
        Throwable failure = wrapped instanceof CompletionException ? wrapped.getCause() : wrapped;
        if (failure instanceof BadAnswer bad) {
            return new Reply.Failed<>(origin.failure(Kind.BAD_ANSWER, String.valueOf(bad.getMessage())));
        }
        if (failure instanceof TimeoutException) {
            String message = "did not answer within " + limits.timeout().toMillis() + " ms";
            return new Reply.Failed<>(origin.failure(Kind.TIMEOUT, message));
        }
        var connecting = connected.toCompletableFuture();
        if (!connecting.isDone() || connecting.isCompletedExceptionally()) {
            String why = failure == null ? "no connection" : String.valueOf(failure.getMessage());
            return new Reply.Failed<>(
                    origin.failure(Kind.UNREACHABLE, "cannot be reached at " + route.baseUrl() + ": " + why));
        }
        return new Reply.Failed<>(
                origin.failure(Kind.BROKEN_STREAM, "closed the connection before its answer was complete"));
    }
}
