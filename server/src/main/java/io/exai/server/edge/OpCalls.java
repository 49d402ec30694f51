package io.exai.server.edge;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.exai.protocol.error.ErrorCode;
import io.exai.protocol.frame.CloseCode;
import io.exai.protocol.json.MalformedJson;
import io.exai.protocol.json.WireJson;
import io.exai.protocol.jsonrpc.RequestId;
import io.exai.protocol.mcp.Revision;
import io.exai.protocol.op.OpError;
import io.exai.protocol.op.OpFrame;
import io.exai.protocol.op.OpResult;
import io.exai.server.feature.Asker;
import io.exai.server.session.SessionCommand;
import io.exai.server.session.Submissions;
import io.exai.server.session.ToClient;
import io.exai.server.session.ToolRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.pekko.actor.typed.ActorRef;

/** The calls that one connection knows of, and what its client is told about them. */
final class OpCalls {
    private static final String ACCEPTED = "accepted, awaiting provider/session capacity";
    private static final String DUPLICATE = "duplicate request; still processing";
    private static final String RESUMED = "session resumed; still processing";

    /** Calls without an answer after which nothing more is read from the connection. */
    private static final int MOST_UNANSWERED = 256;

    private final EdgeParts parts;
    private final OpParts op;
    private final Wire wire;
    private final String connection;
    private final ActorRef<ToClient> self;
    private final Map<String, Known> known = new LinkedHashMap<>();
    private final Pending unanswered;
    private long delivered;

    /**
     * A call without an answer yet.
     *
     * @param taken whether the session has it
     * @param unacknowledged whether its client still waits to hear that the work begins
     */
    private record Known(String tool, boolean taken, boolean unacknowledged) {}

    /** Clients of this protocol declare nothing; whose they are, the session knows. */
    private static final Asker ASKER = new Asker(Revision.R2025_06_18, WireJson.object(), "");

    OpCalls(EdgeParts parts, OpParts op, Wire wire, String connection, ActorRef<ToClient> self) {
        this.parts = parts;
        this.op = op;
        this.wire = wire;
        this.connection = connection;
        this.self = self;
        this.unanswered = new Pending(parts.sessions());
    }

    boolean isRunning() {
        return !known.isEmpty();
    }

    boolean isCrowded() {
        return known.size() >= MOST_UNANSWERED;
    }

    /** As {@link Dialogue#nodeLost()}. */
    void nodeLost() {
        unanswered.tellAgain();
    }

    /** The session may have lost what it was told. */
    void woken() {
        unanswered.tellAllAgain();
    }

    /** Says of every call that it is alive; touches no work. */
    void beat() {
        known.forEach((id, call) -> {
            if (call.taken()) {
                wire.sendIfIdle(op.messages().progress(new RequestId(id), call.tool(), op.now(), null));
            }
        });
    }

    void submit(String sessionId, OpFrame.CallTool call) {
        RequestId id = call.requestId() == null ? next() : call.requestId();
        ObjectNode params = WireJson.object().put("name", call.name());
        params.set("arguments", call.arguments());
        CallRequest request = CallRequest.of(params, ASKER, parts);
        if (request instanceof CallRequest.Refused refused) {
            fail(id, OpError.of(ErrorCode.TOOL_NOT_FOUND, refused.error().message()));
        } else if (request instanceof CallRequest.Settled settled) {
            end(id, result(settled.answer()), 1, false);
        } else if (request instanceof CallRequest.Accepted accepted) {
            known.putIfAbsent(id.json(), new Known(accepted.tool().name(), false, true));
            unanswered.tell(id.json(), sessionId, submission(id, accepted));
        }
    }

    private SessionCommand.Call submission(RequestId id, CallRequest.Accepted call) {
        return new SessionCommand.SubmitCall(
                new SessionCommand.CallTool(
                        connection,
                        new ToolRequest(
                                id.json(),
                                call.tool().name(),
                                call.arguments(),
                                null,
                                Submissions.REVISION,
                                null,
                                null),
                        self),
                op.distinctTools().contains(call.tool().name()));
    }

    void cancel(String sessionId, OpFrame.Cancel cancel) {
        String id = cancel.requestId().json();
        parts.sessions()
                .tell(
                        sessionId,
                        new SessionCommand.Withdraw(
                                new SessionCommand.CancelCall(connection, id, "cancelled by the client"), self));
    }

    void heard(ToClient message) {
        if (message instanceof ToClient.Answered answered) {
            answered(answered);
        } else if (message instanceof ToClient.TakenOn taken) {
            takenOn(taken.requestId());
        } else if (message instanceof ToClient.Started started) {
            started(started);
        } else if (message instanceof ToClient.Underway underway) {
            underway(underway);
        } else if (message instanceof ToClient.Duplicate duplicate) {
            forget(duplicate.requestId());
            fail(new RequestId(duplicate.requestId()), OpError.duplicate(new RequestId(duplicate.originalRequestId())));
        } else if (message instanceof ToClient.Unheard unheard) {
            unanswered.unheard(unheard.requestId());
        } else if (message instanceof ToClient.Withdrawn withdrawn) {
            withdrawn(withdrawn);
        } else if (message instanceof ToClient.Rejected rejected) {
            rejected(rejected);
        }
    }

    /** Said again when the session was asked whether it still has the call; the client hears of it once. */
    private void takenOn(String id) {
        Known call = known.get(id);
        if (call != null && !call.taken()) {
            known.put(id, new Known(call.tool(), true, call.unacknowledged()));
            progress(id, call.tool(), ACCEPTED);
        }
    }

    /** After a crash the work begins a second time; the client hears of it once. */
    private void started(ToClient.Started started) {
        Known call = known.get(started.requestId());
        if (call != null && call.unacknowledged()) {
            known.put(started.requestId(), new Known(call.tool(), true, false));
            wire.send(op.messages()
                    .callAck(new RequestId(started.requestId()), call.tool(), started.timeoutMillis() / 1000.0));
        }
    }

    private void underway(ToClient.Underway underway) {
        Known call = known.get(underway.requestId());
        boolean unacknowledged = call != null && call.unacknowledged();
        known.put(underway.requestId(), new Known(underway.tool(), true, unacknowledged));
        progress(underway.requestId(), underway.tool(), call == null ? RESUMED : DUPLICATE);
    }

    private void progress(String id, String tool, String note) {
        wire.send(op.messages().progress(new RequestId(id), tool, op.now(), note));
    }

    private void withdrawn(ToClient.Withdrawn withdrawn) {
        RequestId id = new RequestId(withdrawn.requestId());
        if (withdrawn.found()) {
            forget(id.json());
            wire.send(op.messages().cancelled(id, op.now()));
        } else {
            wire.send(op.messages()
                    .failed("cancel", id, OpError.of(ErrorCode.NOT_FOUND, "no call of this session runs under " + id)));
        }
    }

    private void rejected(ToClient.Rejected rejected) {
        Known call = known.get(rejected.requestId());
        if (call != null && !call.taken()) {
            forget(rejected.requestId());
        }
        ErrorCode code = rejected.sessionGone() ? ErrorCode.NOT_FOUND : ErrorCode.INVALID_REQUEST;
        fail(new RequestId(rejected.requestId()), OpError.of(code, rejected.why()));
        if (rejected.sessionGone()) {
            wire.close(CloseCode.POLICY, "the session has ended; say hello again");
        }
    }

    private void answered(ToClient.Answered answer) {
        Known call = known.get(answer.requestId());
        if (call == null && answer.redelivered() && answer.sequence() > 0 && answer.sequence() <= delivered) {
            wire.confirm(answer.sequence());
            return;
        }
        delivered = Math.max(delivered, answer.sequence());
        forget(answer.requestId());
        RequestId id = new RequestId(answer.requestId());
        try {
            OpResult result = result((ObjectNode) WireJson.parse(answer.answer()));
            if (result.error() != null && call != null) {
                result.error().details().put("tool_name", call.tool());
            }
            end(id, result, answer.attempts(), answer.redelivered());
        } catch (MalformedJson broken) {
            fail(id, OpError.of(ErrorCode.INTERNAL_ERROR, "the answer cannot be read back"));
        }
        if (answer.sequence() > 0) {
            wire.confirm(answer.sequence());
        }
    }

    private void forget(String id) {
        known.remove(id);
        unanswered.answered(id);
    }

    private OpResult result(ObjectNode body) {
        return OpResult.of(body, op.settings().retryAfter().toSeconds());
    }

    private void end(RequestId id, OpResult result, int attempts, boolean redelivered) {
        if (result.error() == null) {
            wire.send(op.messages().called(id, result, attempts, redelivered));
        } else {
            fail(id, result.error());
        }
    }

    private void fail(RequestId id, OpError error) {
        wire.send(op.messages().failed("call_tool", id, error));
    }

    private static RequestId next() {
        return RequestId.of(TextNode.valueOf(UUID.randomUUID().toString())).orElseThrow();
    }
}
