package io.exai.provider.openai;

import io.exai.provider.chat.ChatOutcome;
import io.exai.provider.chat.ChatRequest;
import io.exai.provider.chat.Exchange;
import io.exai.provider.chat.ProviderFailure.Kind;
import io.exai.provider.chat.Upstream;
import io.exai.provider.setting.Route;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.Uri;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.stream.javadsl.Flow;

/** A vendor that speaks the OpenAI chat-completions dialect; open and cancel are called by one thread at a time. */
public final class OpenAiUpstream implements Upstream {
    private static final String PATH = "/chat/completions";

    private final Route route;
    private final HttpRequest plain;
    private final Connections connections;
    private final Responses responses;
    private final Limits limits;
    private final ActorSystem<?> system;

    /**
     * How far an upstream goes.
     *
     * @param maxSilence inside an answer that has begun
     * @param maxAnswerSize in bytes of one response body
     * @param maxConnections kept open for reuse
     */
    public record Limits(Duration connectTimeout, Duration maxSilence, long maxAnswerSize, int maxConnections) {}

    private OpenAiUpstream(
            Route route,
            Limits limits,
            Clock clock,
            ActorSystem<?> system,
            Flow<HttpRequest, HttpResponse, ? extends CompletionStage<?>> transport) {
        this.route = route;
        this.limits = limits;
        this.system = system;
        this.responses = new Responses(limits.maxAnswerSize(), clock);
        this.connections = new Connections(owner -> new Connection(transport, owner, system), limits.maxConnections());
        this.plain = plain(Uri.create(route.baseUrl()).getPathString() + PATH, route);
    }

    /** Connects to nobody until the first request. */
    public static OpenAiUpstream create(Route route, Limits limits, Clock clock, ActorSystem<?> system) {
        Uri address = Uri.create(route.baseUrl());
        return new OpenAiUpstream(route, limits, clock, system, Transport.to(address, limits.connectTimeout(), system));
    }

    /** A vendor inside this process: each materialization of {@code vendor} is one connection to it. */
    public static OpenAiUpstream embedded(
            Route route,
            Limits limits,
            Clock clock,
            ActorSystem<?> system,
            Flow<HttpRequest, HttpResponse, NotUsed> vendor) {
        return new OpenAiUpstream(
                route,
                limits,
                clock,
                system,
                vendor.mapMaterializedValue(open -> CompletableFuture.completedFuture(Done.done())));
    }

    @Override
    public Exchange open(ChatRequest request, Consumer<String> deltas) {
        var origin = new Origin(route, request.model());
        try {
            HttpRequest http = http(request);
            var heard = request.stream() ? deltas : (Consumer<String>) text -> {};
            Connection connection = connections.take();
            var exchange = new HttpExchange(origin, connection, heard, responses, limits.maxSilence(), system);
            connection.send(exchange, http);
            return exchange;
        } catch (RuntimeException unsendable) {
            return new Ended(origin.failure(Kind.INTERNAL, "could not be asked: " + unsendable));
        }
    }

    @Override
    public String address() {
        return route.baseUrl();
    }

    @Override
    public void close() {
        connections.closeAll();
    }

    private HttpRequest http(ChatRequest request) {
        String accept = request.stream() ? "text/event-stream" : "application/json";
        return plain.addHeader(RawHeader.create("Accept", accept))
                .addHeader(RawHeader.create("Idempotency-Key", printable(request.callKey())))
                .withEntity(HttpEntities.create(ContentTypes.APPLICATION_JSON, RequestBody.of(request)));
    }

    private static HttpRequest plain(String path, Route route) {
        HttpRequest request = HttpRequest.POST(path);
        String apiKey = route.apiKey();
        return apiKey == null ? request : request.addHeader(RawHeader.create("Authorization", "Bearer " + apiKey));
    }

    /** A header value holds no line ends. */
    private static String printable(String callKey) {
        return callKey.chars().allMatch(c -> c > ' ' && c < 127) ? callKey : callKey.replaceAll("[^!-~]", "-");
    }

    private record Ended(ChatOutcome failure) implements Exchange {
        @Override
        public CompletionStage<ChatOutcome> outcome() {
            return CompletableFuture.completedFuture(failure);
        }

        @Override
        public void cancel() {}
    }
}
