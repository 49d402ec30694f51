package io.exai.server.edge;

import io.exai.server.security.Principals;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.impl.engine.ws.FrameEvent;
import org.apache.pekko.http.impl.engine.ws.UpgradeToWebSocketLowLevel;
import org.apache.pekko.http.javadsl.model.AttributeKeys;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.Graph;
import org.apache.pekko.stream.javadsl.Flow;
import scala.Option;

/** The one HTTP port: what watchers ask, MCP over HTTP, and the upgrade to WebSocket with all that is checked before it. */
public final class HttpEdge {
    private static final Set<String> WEB_SOCKET_PATHS = Set.of("/mcp/ws", "/mcp", "/ws", "/");
    private static final String SUBPROTOCOL = "mcp";
    private static final String MCP_PATH = "/mcp";
    private static final String STRANGER = "";

    /** Where clients connect that show their token in their first message. */
    private static final Set<String> HELLO_PATHS = Set.of("/ws", "/");

    private final EdgeParts parts;
    private final OpParts op;
    private final Principals principals;
    private final Monitoring monitoring;
    private final Connections count;
    private final OriginGuard guard;
    private final StreamableHttp streamable;
    private final LegacySse legacy;
    private final ActorSystem<?> system;
    private final Executor executor;

    public HttpEdge(EdgeParts parts, OpParts op, Monitoring monitoring, Connections count, ActorSystem<?> system) {
        this.parts = parts;
        this.op = op;
        this.principals = op.principals();
        this.monitoring = monitoring;
        this.count = count;
        this.guard = new OriginGuard(parts.http());
        this.streamable = new StreamableHttp(parts, count, system);
        this.legacy = new LegacySse(parts, count, system);
        this.system = system;
        this.executor = system.executionContext();
    }

    /** Answers one request; the response may take the connection over. */
    public CompletionStage<HttpResponse> handle(HttpRequest request) {
        String path = request.getUri().path();
        boolean upgrades = request.getAttribute(AttributeKeys.webSocketUpgrade).isPresent();
        if (path.equals(MCP_PATH) && !upgrades) {
            return checked(request, streamable::handle);
        } else if (legacy.serves(path)) {
            return checked(request, legacy::handle);
        }
        request.discardEntityBytes(system);
        if (monitoring.serves(path)) {
            return monitoring.handle(path);
        } else if (WEB_SOCKET_PATHS.contains(path)) {
            return upgrade(request);
        }
        return refused(404, "no such path: " + path + " (expected: /mcp, /mcp/ws, /health, /ready or /metrics)");
    }

    /** Serves what comes from a place that is allowed, on behalf of a principal. */
    private CompletionStage<HttpResponse> checked(
            HttpRequest request, BiFunction<HttpRequest, String, CompletionStage<HttpResponse>> next) {
        String origin = RequestHeaders.value(request, "Origin");
        Optional<String> foreign = guard.refusal(RequestHeaders.value(request, "Host"), origin);
        if (foreign.isPresent()) {
            request.discardEntityBytes(system);
            return refused(403, foreign.get());
        }
        if (origin != null && request.method().value().equals("OPTIONS")) {
            request.discardEntityBytes(system);
            return HttpReply.now(CrossOrigin.preflight(origin));
        }
        Optional<String> principal = principals.identify(RequestHeaders.value(request, "Authorization"));
        Optional<String> busy = busy();
        CompletionStage<HttpResponse> response;
        if (principal.isEmpty()) {
            request.discardEntityBytes(system);
            response = HttpReply.now(unauthorized());
        } else if (busy.isPresent()) {
            request.discardEntityBytes(system);
            response = HttpReply.now(HttpReply.unavailable(busy.get()));
        } else {
            response = next.apply(request, principal.get());
        }
        return origin == null
                ? response
                : response.thenApplyAsync(answer -> CrossOrigin.allow(answer, origin), executor);
    }

    private static HttpResponse unauthorized() {
        return HttpReply.error(401, "a bearer token of this daemon is required")
                .addHeader(RawHeader.create("WWW-Authenticate", "Bearer realm=\"exai\""));
    }

    /** Why nobody can be served now, if so. */
    private Optional<String> busy() {
        if (count.isAlone()) {
            return Optional.of("this node is cut off from its cluster; connect to another");
        }
        return count.now() >= parts.http().maxConnections()
                ? Optional.of("too many connections; try again soon")
                : Optional.empty();
    }

    private CompletionStage<HttpResponse> upgrade(HttpRequest request) {
        Optional<String> foreign =
                guard.refusal(RequestHeaders.value(request, "Host"), RequestHeaders.value(request, "Origin"));
        if (foreign.isPresent()) {
            return refused(403, foreign.get());
        }
        Optional<String> principal = principals
                .identify(RequestHeaders.value(request, "Authorization"))
                .or(() -> maySayHelloFirst(request) ? Optional.of(STRANGER) : Optional.empty());
        if (principal.isEmpty()) {
            return HttpReply.now(unauthorized());
        }
        Optional<UpgradeToWebSocketLowLevel> offer = request.getAttribute(AttributeKeys.webSocketUpgrade)
                .filter(UpgradeToWebSocketLowLevel.class::isInstance)
                .map(UpgradeToWebSocketLowLevel.class::cast);
        if (offer.isEmpty()) {
            return HttpReply.now(HttpReply.error(426, "a WebSocket upgrade, version 13, is expected here")
                    .addHeader(RawHeader.create("Upgrade", "websocket")));
        }
        Optional<String> busy = busy();
        if (busy.isPresent()) {
            return HttpReply.now(HttpReply.unavailable(busy.get()));
        }
        return named(request)
                .map(id -> resume(offer.get(), principal.get(), id))
                .orElseGet(() -> HttpReply.now(accept(
                        offer.get(),
                        new Caller(principal.get(), connection(), SessionIds.next(parts.sessions()::isNear), false))));
    }

    /** Only where no MCP client connects, which would miss its 401; a token that was shown is judged at once. */
    private boolean maySayHelloFirst(HttpRequest request) {
        return op.settings().authenticateInHello()
                && HELLO_PATHS.contains(request.getUri().path())
                && RequestHeaders.value(request, "Authorization") == null
                && named(request).isEmpty();
    }

    /** The session that the client wants back, by query or header. */
    private Optional<String> named(HttpRequest request) {
        return request.getUri()
                .query()
                .get("session")
                .or(() -> Optional.ofNullable(RequestHeaders.value(request, RequestHeaders.SESSION)));
    }

    private CompletionStage<HttpResponse> resume(UpgradeToWebSocketLowLevel offer, String principal, String sessionId) {
        if (!SessionIds.isWellFormed(sessionId)) {
            return refused(404, "session not found");
        }
        return parts.sessions()
                .isKnown(sessionId, principal)
                .handleAsync(
                        (known, failure) -> {
                            if (failure != null) {
                                return HttpReply.sessionSilent();
                            }
                            return known
                                    ? accept(offer, new Caller(principal, connection(), sessionId, true))
                                    : HttpReply.error(404, "session not found");
                        },
                        executor);
    }

    private HttpResponse accept(UpgradeToWebSocketLowLevel offer, Caller caller) {
        boolean offered = false;
        for (String protocol : offer.getRequestedProtocols()) {
            offered |= protocol.equals(SUBPROTOCOL);
        }
        HttpResponse switching =
                offer.handleFrames(connection(caller), offered ? Option.apply(SUBPROTOCOL) : Option.empty());
        return switching.addHeader(RawHeader.create(RequestHeaders.SESSION, caller.sessionId()));
    }

    private Graph<FlowShape<FrameEvent, FrameEvent>, Object> connection(Caller caller) {
        return Flow.fromGraph(new WebSocketConnection(parts, op, caller, count))
                .mapMaterializedValue(nothing -> nothing);
    }

    private static String connection() {
        return UUID.randomUUID().toString();
    }

    private static CompletionStage<HttpResponse> refused(int status, String why) {
        return HttpReply.now(HttpReply.error(status, why));
    }
}
