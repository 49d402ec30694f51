package io.exai.server.edge;

import io.exai.protocol.jsonrpc.Incoming;
import io.exai.protocol.jsonrpc.RequestId;
import io.exai.protocol.jsonrpc.RpcError;
import io.exai.protocol.mcp.Revision;
import io.exai.server.feature.Asker;
import io.exai.server.session.SessionCommand;
import io.exai.server.session.ToClient;
import org.apache.pekko.actor.typed.ActorRef;

/** The tool calls of one connection that have no answer yet. Called from one thread at a time. */
final class McpCalls {
    private final EdgeParts parts;
    private final Sayings sayings;
    private final Wire wire;
    private final String connection;
    private final ActorRef<ToClient> self;
    private final Attachment attachment;
    private final Pending unanswered;
    private final Crossings crossings = new Crossings(System::nanoTime);
    private long delivered;

    McpCalls(EdgeParts parts, Wire wire, String connection, ActorRef<ToClient> self, Attachment attachment) {
        this.parts = parts;
        this.sayings = new Sayings(parts.messages());
        this.wire = wire;
        this.connection = connection;
        this.self = self;
        this.attachment = attachment;
        this.unanswered = new Pending(parts.sessions());
    }

    int count() {
        return unanswered.size();
    }

    /** Hands the call to the session, which begins now if the connection has none. */
    void submit(Incoming.Request request, Asker asker) {
        CallRequest call = CallRequest.atOnce(request.params(), asker, parts);
        if (call instanceof CallRequest.Refused refused) {
            refuse(request.id(), refused.error());
        } else if (call instanceof CallRequest.Settled settled) {
            wire.send(parts.messages().called(request.id(), asker.revision(), settled.answer(), 1, false));
        } else if (call instanceof CallRequest.Accepted accepted) {
            submit(request, asker.revision(), accepted);
        }
    }

    private void submit(Incoming.Request request, Revision revision, CallRequest.Accepted call) {
        if (attachment.isHeld()) {
            tell(request.id(), revision, call);
            return;
        }
        attachment.ask(
                Handshake.ofCall(request.params(), revision),
                true,
                new Attachment.Asking(
                        resumed -> tell(request.id(), revision, call),
                        refusal -> refuse(request.id(), refusal),
                        attachment.sessionId()));
    }

    private void tell(RequestId id, Revision revision, CallRequest.Accepted call) {
        unanswered.tell(
                id.json(),
                attachment.sessionId(),
                new SessionCommand.CallTool(
                        connection,
                        call.request(
                                id.json(),
                                revision,
                                attachment.sessionId(),
                                parts.clock().instant()),
                        self));
    }

    /** A node is gone, and with it perhaps what was on its way to the session. */
    void tellAgain() {
        unanswered.tellAgain();
    }

    /** The session may have lost what it was told. */
    void woken() {
        unanswered.tellAllAgain();
    }

    /** The session does not know the call that it was told again. */
    void unheard(ToClient.Unheard call) {
        unanswered.unheard(call.requestId());
    }

    void cancel(Cancellation cancellation) {
        String id = cancellation.request().json();
        unanswered.answered(id);
        attachment.tell(new SessionCommand.CancelCall(connection, id, cancellation.reason()));
    }

    /** The client has introduced itself on this connection. */
    void introduced() {
        crossings.introduced();
    }

    void answered(ToClient.Answered answer) {
        boolean asked = unanswered.isWaiting(answer.requestId());
        boolean again = answer.redelivered() && answer.sequence() > 0 && answer.sequence() <= delivered;
        if (asked ? !crossings.has(answer) : !again) {
            wire.send(sayings.answered(new RequestId(answer.requestId()), answer));
        }
        if (!asked && !again) {
            crossings.unasked(answer);
        }
        unanswered.answered(answer.requestId());
        delivered = Math.max(delivered, answer.sequence());
        if (answer.sequence() > 0) {
            wire.confirm(answer.sequence());
        }
    }

    void started(ToClient.TaskStarted started) {
        unanswered.answered(started.requestId());
        wire.send(sayings.started(new RequestId(started.requestId()), started));
    }

    void rejected(ToClient.Rejected rejected) {
        unanswered.answered(rejected.requestId());
        refuse(
                new RequestId(rejected.requestId()),
                rejected.sessionGone() ? Sayings.NOT_FOUND : RpcError.of(RpcError.INVALID_REQUEST, rejected.why()));
    }

    /** The connection has turned to another session: no answer comes here. */
    void forget() {
        unanswered.forget();
        delivered = 0;
    }

    private void refuse(RequestId id, RpcError error) {
        wire.send(sayings.error(id, error));
    }
}
