package io.exai.server.edge;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.json.WireJson;
import io.exai.protocol.jsonrpc.RpcError;
import io.exai.server.feature.Answer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/** Builds HTTP responses. */
final class HttpReply {
    private static final ContentType EVENTS = MediaTypes.TEXT_EVENT_STREAM.toContentType();

    private HttpReply() {}

    /** Our own JSON, for people. */
    static HttpResponse json(int status, ObjectNode body) {
        return json(status, (WireJson.write(body) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    static HttpResponse error(int status, String why) {
        return json(status, WireJson.object().put("error", why));
    }

    /** 503: the client is to try again in a second. */
    static HttpResponse unavailable(String why) {
        return error(503, why).addHeader(RawHeader.create("Retry-After", "1"));
    }

    static HttpResponse sessionSilent() {
        return unavailable("the session does not answer; try again soon");
    }

    /** A JSON-RPC message. */
    static HttpResponse json(int status, byte[] message) {
        return HttpResponse.create()
                .withStatus(StatusCodes.get(status))
                .withEntity(HttpEntities.create(ContentTypes.APPLICATION_JSON, message));
    }

    static HttpResponse empty(int status) {
        return HttpResponse.create().withStatus(StatusCodes.get(status));
    }

    static HttpResponse events(EventStream stream) {
        return HttpResponse.create()
                .withStatus(StatusCodes.OK)
                .addHeader(RawHeader.create("Cache-Control", "no-cache, no-transform"))
                .addHeader(RawHeader.create("X-Accel-Buffering", "no"))
                .withEntity(HttpEntities.createChunked(EVENTS, Source.<ByteString, NotUsed>fromGraph(stream)));
    }

    /** A response that is there at once. */
    static CompletionStage<HttpResponse> now(HttpResponse response) {
        return CompletableFuture.completedFuture(response);
    }

    /** The status of a modern answer. */
    static int modernStatus(Answer answer) {
        return answer instanceof Answer.Refused refused ? modernStatus(refused.error()) : 200;
    }

    static int modernStatus(RpcError error) {
        return switch (error.code()) {
            case RpcError.METHOD_NOT_FOUND -> 404;
            case RpcError.INTERNAL_ERROR -> 500;
            default -> 400;
        };
    }
}
