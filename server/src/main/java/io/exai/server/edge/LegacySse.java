package io.exai.server.edge;

import io.exai.protocol.jsonrpc.RpcError;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/**
 * The transport of 2024-11-05: one stream for all that the daemon says, and posts for what the client says. Streams belong
 * to this node.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2024-11-05/basic/transports#http-with-sse">MCP 2024-11-05,
 *     HTTP with SSE</a>
 */
final class LegacySse {
    static final String STREAM_PATH = "/sse";
    static final String POST_PATH = "/messages";
    private static final long BODY_MILLIS = 30_000;

    private final EdgeParts parts;
    private final FeedReply replies;
    private final ActorSystem<?> system;
    private final Map<String, Stream> streams = new ConcurrentHashMap<>();

    /** A stream that is held open, and whose it is. */
    private record Stream(String principal, DialogueFeed feed, ActorRef actor) {}

    LegacySse(EdgeParts parts, Connections open, ActorSystem<?> system) {
        this.parts = parts;
        this.replies = new FeedReply(open, system, parts.executor());
        this.system = system;
    }

    boolean serves(String path) {
        return parts.http().legacySse() && (path.equals(STREAM_PATH) || path.equals(POST_PATH));
    }

    CompletionStage<HttpResponse> handle(HttpRequest request, String principal) {
        String method = request.method().value();
        if (request.getUri().path().equals(POST_PATH)) {
            return method.equals("POST") ? post(request, principal) : notAllowed(request);
        }
        return method.equals("GET") ? stream(request, principal) : notAllowed(request);
    }

    private CompletionStage<HttpResponse> stream(HttpRequest request, String principal) {
        request.discardEntityBytes(system);
        String name = SessionIds.next();
        Caller caller =
                new Caller(principal, UUID.randomUUID().toString(), SessionIds.next(parts.sessions()::isNear), false);
        return replies.events(
                () -> {
                    DialogueFeed[] feed = new DialogueFeed[1];
                    feed[0] = new DialogueFeed(
                            parts,
                            caller,
                            POST_PATH + "?stream=" + name,
                            actor -> streams.put(name, new Stream(principal, feed[0], actor)),
                            () -> streams.remove(name));
                    return feed[0];
                },
                parts.http().pingInterval());
    }

    private CompletionStage<HttpResponse> post(HttpRequest request, String principal) {
        String name = request.getUri().query().get("stream").orElse("");
        Stream stream = streams.get(name);
        if (stream == null || !stream.principal().equals(principal)) {
            request.discardEntityBytes(system);
            return HttpReply.now(HttpReply.error(
                    404, "stream: not found (expected: the address that GET /sse told, while it is open)"));
        }
        return request.entity()
                .withSizeLimit(parts.limits().call())
                .toStrict(BODY_MILLIS, system)
                .handleAsync(
                        (body, failure) -> {
                            if (failure != null) {
                                return HttpReply.json(
                                        413,
                                        parts.messages()
                                                .error(
                                                        null,
                                                        RpcError.of(
                                                                RpcError.INVALID_REQUEST,
                                                                "Request too large or too slow (expected: at most "
                                                                        + parts.limits()
                                                                                .call() + " bytes)")));
                            }
                            byte[] message = body.getData().toArray();
                            stream.actor()
                                    .tell(new Feed.Errand(() -> stream.feed().received(message)), ActorRef.noSender());
                            return HttpReply.empty(202);
                        },
                        parts.executor());
    }

    private CompletionStage<HttpResponse> notAllowed(HttpRequest request) {
        request.discardEntityBytes(system);
        return HttpReply.now(HttpReply.error(405, request.method().value() + " is not served here"));
    }
}
