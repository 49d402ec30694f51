package io.exai.server.edge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.json.MalformedJson;
import io.exai.protocol.json.WireJson;
import io.exai.protocol.jsonrpc.EnvelopeReader;
import io.exai.protocol.jsonrpc.Incoming;
import io.exai.protocol.jsonrpc.RequestId;
import io.exai.protocol.jsonrpc.RpcError;
import io.exai.protocol.mcp.Meta;
import io.exai.protocol.mcp.ModernHeaders;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.http.scaladsl.model.EntityStreamSizeException;
import org.jspecify.annotations.Nullable;

/**
 * The MCP endpoint over HTTP, both eras on one path.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#streamable-http">MCP 2025-11-25,
 *     Streamable HTTP</a>
 * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/basic/transports/streamable-http">MCP 2026-07-28,
 *     Streamable HTTP</a>
 */
final class StreamableHttp {
    private static final long BODY_MILLIS = 30_000;
    private static final String FIRST_MODERN = "2026-07-28";

    private final EdgeParts parts;
    private final LegacyHttp legacy;
    private final LegacyListening listening;
    private final ModernHttp modern;
    private final ActorSystem<?> system;

    StreamableHttp(EdgeParts parts, Connections open, ActorSystem<?> system) {
        this.parts = parts;
        FeedReply replies = new FeedReply(open, system, parts.executor());
        this.legacy = new LegacyHttp(parts, replies);
        this.listening = new LegacyListening(parts, replies);
        this.modern = new ModernHttp(parts, replies);
        this.system = system;
    }

    /** Answers a request whose origin has been checked, on behalf of that principal. */
    CompletionStage<HttpResponse> handle(HttpRequest request, String principal) {
        boolean isModern = isModern(RequestHeaders.value(request, ModernHeaders.PROTOCOL_VERSION));
        return switch (request.method().value()) {
            case "POST" -> post(request, principal);
            case "GET" -> isModern ? notAllowed(request) : discarded(request, listening.handle(request, principal));
            case "DELETE" -> isModern ? notAllowed(request) : discarded(request, legacy.end(request, principal));
            default -> notAllowed(request);
        };
    }

    private CompletionStage<HttpResponse> notAllowed(HttpRequest request) {
        return discarded(
                request,
                HttpReply.now(HttpReply.error(405, request.method().value() + " is not served here")
                        .addHeader(RawHeader.create("Allow", "GET, POST, DELETE"))));
    }

    private CompletionStage<HttpResponse> discarded(HttpRequest request, CompletionStage<HttpResponse> response) {
        request.discardEntityBytes(system);
        return response;
    }

    private CompletionStage<HttpResponse> post(HttpRequest request, String principal) {
        String type = request.entity().getContentType().mediaType().toString();
        if (!type.equals("application/json")) {
            return discarded(
                    request,
                    refused(
                            415,
                            null,
                            RpcError.INVALID_REQUEST,
                            "Content-Type: " + Shown.of(type) + " (expected: application/json)"));
        }
        long limit = parts.limits().call();
        return request.entity()
                .withSizeLimit(limit)
                .toStrict(BODY_MILLIS, system)
                .handleAsync(
                        (body, failure) -> failure == null
                                ? message(request, principal, body.getData().toArrayUnsafe())
                                : unreadable(failure, limit),
                        parts.executor())
                .thenCompose(response -> response);
    }

    private CompletionStage<HttpResponse> unreadable(Throwable failure, long limit) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return cause instanceof EntityStreamSizeException || failure instanceof EntityStreamSizeException
                ? refused(
                        413,
                        null,
                        RpcError.INVALID_REQUEST,
                        "Request too large (expected: at most " + limit + " bytes)")
                : refused(408, null, RpcError.INVALID_REQUEST, "the body did not arrive in time");
    }

    private CompletionStage<HttpResponse> message(HttpRequest request, String principal, byte[] body) {
        JsonNode node;
        try {
            node = WireJson.parse(body, 0, body.length);
        } catch (MalformedJson problem) {
            return refused(400, null, RpcError.PARSE_ERROR, "Parse error: " + problem.getMessage());
        }
        String version = RequestHeaders.value(request, ModernHeaders.PROTOCOL_VERSION);
        if (!(node instanceof ObjectNode object)) {
            return isModern(version) || !node.isArray()
                    ? refused(400, null, RpcError.INVALID_REQUEST, "Invalid request (expected: one JSON object)")
                    : legacy.batch(request, principal, node);
        }
        Incoming incoming = EnvelopeReader.read(object);
        if (incoming instanceof Incoming.Malformed malformed) {
            return refused(400, malformed.id(), malformed.error());
        }
        boolean isModern =
                isModern(version) || object.path("params").path(Meta.FIELD).has(Meta.PROTOCOL_VERSION);
        return isModern ? modern.post(request, principal, incoming) : legacy.post(request, principal, incoming);
    }

    private CompletionStage<HttpResponse> refused(int status, @Nullable RequestId id, int code, String why) {
        return refused(status, id, RpcError.of(code, why));
    }

    private CompletionStage<HttpResponse> refused(int status, @Nullable RequestId id, RpcError error) {
        return HttpReply.now(HttpReply.json(status, parts.messages().error(id, error)));
    }

    /** Revisions are dates: the later one is greater. */
    private static boolean isModern(@Nullable String version) {
        return version != null && version.compareTo(FIRST_MODERN) >= 0;
    }
}
