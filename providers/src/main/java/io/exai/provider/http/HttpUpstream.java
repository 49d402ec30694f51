package io.exai.provider.http;

import io.exai.provider.chat.ChatOutcome;
import io.exai.provider.chat.ChatRequest;
import io.exai.provider.chat.Exchange;
import io.exai.provider.chat.Pieces;
import io.exai.provider.chat.ProviderFailure.Kind;
import io.exai.provider.chat.Upstream;
import io.exai.provider.setting.Route;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.Uri;
import org.apache.pekko.stream.javadsl.Flow;

/** A vendor reached over HTTP; open and cancel are called by one thread at a time. */
public final class HttpUpstream implements Upstream {
    private final Route route;
    private final String basePath;
    private final WireFormat format;
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

    private HttpUpstream(
            Route route,
            WireFormat format,
            Limits limits,
            Clock clock,
            ActorSystem<?> system,
            Flow<HttpRequest, HttpResponse, ? extends CompletionStage<?>> transport) {
        this.route = route;
        this.basePath = Uri.create(route.baseUrl()).getPathString();
        this.format = format;
        this.limits = limits;
        this.system = system;
        this.responses = new Responses(format, limits.maxAnswerSize(), clock);
        this.connections = new Connections(owner -> new Connection(transport, owner, system), limits.maxConnections());
    }

    /** Connects to nobody until the first request. */
    public static HttpUpstream create(
            Route route, WireFormat format, Limits limits, Clock clock, ActorSystem<?> system) {
        Uri address = Uri.create(route.baseUrl());
        var transport = Transport.to(address, limits.connectTimeout(), system);
        return new HttpUpstream(route, format, limits, clock, system, transport);
    }

    /** A vendor inside this process: each materialization of {@code vendor} is one connection to it. */
    public static HttpUpstream embedded(
            Route route,
            WireFormat format,
            Limits limits,
            Clock clock,
            ActorSystem<?> system,
            Flow<HttpRequest, HttpResponse, NotUsed> vendor) {
        return new HttpUpstream(
                route,
                format,
                limits,
                clock,
                system,
                vendor.mapMaterializedValue(open -> CompletableFuture.completedFuture(Done.done())));
    }

    @Override
    public Exchange open(ChatRequest request, Pieces pieces) {
        return new Steps(request, step -> send(step, pieces), format);
    }

    private Exchange send(ChatRequest request, Pieces pieces) {
        var origin = new Origin(route, request.model());
        try {
            HttpRequest http = format.request(basePath, route.apiKey(), request);
            Connection connection = connections.take();
            var exchange = new HttpExchange(origin, request, connection, pieces, responses, limits, system);
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

    private record Ended(ChatOutcome failure) implements Exchange {
        @Override
        public CompletionStage<ChatOutcome> outcome() {
            return CompletableFuture.completedFuture(failure);
        }

        @Override
        public void cancel() {}
    }
}
