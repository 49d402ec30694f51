package io.exai.server.edge;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.json.WireJson;
import io.exai.server.health.Health;
import io.exai.server.security.Principals;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.impl.engine.ws.FrameEvent;
import org.apache.pekko.http.impl.engine.ws.UpgradeToWebSocketLowLevel;
import org.apache.pekko.http.javadsl.model.AttributeKeys;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.Graph;
import org.apache.pekko.stream.javadsl.Flow;
import scala.Option;

/** The one HTTP port: health, and the upgrade to WebSocket with all that is checked before it. */
public final class HttpEdge {
    private static final Set<String> WEB_SOCKET_PATHS = Set.of("/mcp/ws", "/mcp", "/ws", "/");
    private static final String SESSION_HEADER = "Mcp-Session-Id";
    private static final String SUBPROTOCOL = "mcp";
    private static final String STRANGER = "";

    /** Where clients connect that show their token in their first message. */
    private static final Set<String> HELLO_PATHS = Set.of("/ws", "/");

    private final EdgeParts parts;
    private final OpParts op;
    private final Principals principals;
    private final Health health;
    private final Connections count;
    private final OriginGuard guard;
    private final ActorSystem<?> system;
    private final Executor executor;

    public HttpEdge(EdgeParts parts, OpParts op, Health health, Connections count, ActorSystem<?> system) {
        this.parts = parts;
        this.op = op;
        this.principals = op.principals();
        this.health = health;
        this.count = count;
        this.guard = new OriginGuard(parts.http());
        this.system = system;
        this.executor = system.executionContext();
    }

    /** Answers one request; the response may take the connection over. */
    public CompletionStage<HttpResponse> handle(HttpRequest request) {
        request.discardEntityBytes(system);
        String path = request.getUri().path();
        if (path.equals("/health")) {
            return CompletableFuture.completedFuture(json(200, health.alive()));
        } else if (path.equals("/ready")) {
            return health.ready().thenApplyAsync(ready -> json(ready.isReady() ? 200 : 503, ready.body()), executor);
        } else if (WEB_SOCKET_PATHS.contains(path)) {
            return upgrade(request);
        }
        return refused(404, "no such path: " + path + " (expected: /mcp/ws, /health or /ready)");
    }

    private CompletionStage<HttpResponse> upgrade(HttpRequest request) {
        Optional<String> foreign = guard.refusal(header(request, "Host"), header(request, "Origin"));
        if (foreign.isPresent()) {
            return refused(403, foreign.get());
        }
        Optional<String> principal = principals
                .identify(header(request, "Authorization"))
                .or(() -> maySayHelloFirst(request) ? Optional.of(STRANGER) : Optional.empty());
        if (principal.isEmpty()) {
            return CompletableFuture.completedFuture(json(401, error("a bearer token of this daemon is required"))
                    .addHeader(RawHeader.create("WWW-Authenticate", "Bearer realm=\"exai\"")));
        }
        Optional<UpgradeToWebSocketLowLevel> offer = request.getAttribute(AttributeKeys.webSocketUpgrade)
                .filter(UpgradeToWebSocketLowLevel.class::isInstance)
                .map(UpgradeToWebSocketLowLevel.class::cast);
        if (offer.isEmpty()) {
            return CompletableFuture.completedFuture(
                    json(426, error("a WebSocket upgrade, version 13, is expected here"))
                            .addHeader(RawHeader.create("Upgrade", "websocket")));
        }
        if (count.now() >= parts.http().maxConnections()) {
            return CompletableFuture.completedFuture(json(503, error("too many connections; try again soon"))
                    .addHeader(RawHeader.create("Retry-After", "1")));
        }
        return named(request)
                .map(id -> resume(offer.get(), principal.get(), id))
                .orElseGet(() -> CompletableFuture.completedFuture(
                        accept(offer.get(), new Caller(principal.get(), connection(), SessionIds.next(), false))));
    }

    /** Only where no MCP client connects, which would miss its 401; a token that was shown is judged at once. */
    private boolean maySayHelloFirst(HttpRequest request) {
        return op.settings().authenticateInHello()
                && HELLO_PATHS.contains(request.getUri().path())
                && header(request, "Authorization") == null
                && named(request).isEmpty();
    }

    /** The session that the client wants back, by query or header. */
    private Optional<String> named(HttpRequest request) {
        return request.getUri()
                .query()
                .get("session")
                .or(() -> request.getHeader(SESSION_HEADER).map(HttpHeader::value));
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
                                return json(503, error("the session does not answer; try again soon"))
                                        .addHeader(RawHeader.create("Retry-After", "1"));
                            }
                            return known
                                    ? accept(offer, new Caller(principal, connection(), sessionId, true))
                                    : json(404, error("session not found"));
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
        return switching.addHeader(RawHeader.create(SESSION_HEADER, caller.sessionId()));
    }

    private Graph<FlowShape<FrameEvent, FrameEvent>, Object> connection(Caller caller) {
        return Flow.fromGraph(new WebSocketConnection(parts, op, caller, count))
                .mapMaterializedValue(nothing -> nothing);
    }

    private static String connection() {
        return UUID.randomUUID().toString();
    }

    private static CompletionStage<HttpResponse> refused(int status, String why) {
        return CompletableFuture.completedFuture(json(status, error(why)));
    }

    private static ObjectNode error(String why) {
        return WireJson.object().put("error", why);
    }

    private static HttpResponse json(int status, ObjectNode body) {
        return HttpResponse.create()
                .withStatus(StatusCodes.get(status))
                .withEntity(ContentTypes.APPLICATION_JSON, WireJson.write(body) + "\n");
    }

    private static @org.jspecify.annotations.Nullable String header(HttpRequest request, String name) {
        return request.getHeader(name).map(HttpHeader::value).orElse(null);
    }
}
