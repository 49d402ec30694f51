package io.exai.server.tool;

import com.fasterxml.jackson.databind.JsonNode;
import io.exai.protocol.error.ErrorCode;
import io.exai.protocol.jsonrpc.RpcError;
import io.exai.server.script.InputRequest;
import java.util.Map;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/** What a run tells its session: Started at most once, any number of Progressed, Logged, Repeated and StreamClosing, then exactly one of the others. */
public sealed interface RunReport {
    String requestId();

    /** The work begins; told only where the job says so. */
    record Started(String requestId) implements RunReport {}

    /** More text, or with no message only a sign of life; progress grows. */
    record Progressed(
            String requestId,
            double progress,
            @Nullable Double total,
            @Nullable String message) implements RunReport {}

    /** Something for the client's log. */
    record Logged(String requestId, String level, @Nullable String logger, JsonNode data) implements RunReport {}

    /** The response stream is to close now; the run goes on. */
    record StreamClosing(String requestId) implements RunReport {}

    /**
     * The node that did the work is lost, and the work may have to be done again elsewhere: as soon as {@code written} hears that
     * this is in the journal, so that no crash can hide it.
     */
    record Repeated(String requestId, ActorRef<Done> written) implements RunReport {}

    /** The round is over: the client is asked, and the call run again with what it gives. */
    record Asked(
            String requestId,
            Map<String, InputRequest> requests,
            @Nullable String state) implements RunReport {}

    /** The tool's answer as JSON text. */
    record Succeeded(String requestId, String answer) implements RunReport {}

    /** A JSON-RPC error instead of an answer. */
    record Rejected(String requestId, RpcError error) implements RunReport {}

    /** The node is cut off from the cluster and had to stop the run: the call goes on elsewhere, or here when it is not. */
    record Interrupted(String requestId) implements RunReport {}

    /** No answer; not {@code started} when no permit was to be had. */
    record Failed(
            String requestId, boolean started, ErrorCode code, String message, boolean retryable, long retryAfterMillis)
            implements RunReport {}
}
