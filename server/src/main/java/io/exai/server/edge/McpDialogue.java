package io.exai.server.edge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.frame.CloseCode;
import io.exai.protocol.json.MalformedJson;
import io.exai.protocol.json.WireJson;
import io.exai.protocol.jsonrpc.EnvelopePeek;
import io.exai.protocol.jsonrpc.EnvelopeReader;
import io.exai.protocol.jsonrpc.Incoming;
import io.exai.protocol.jsonrpc.RequestId;
import io.exai.protocol.jsonrpc.RpcError;
import io.exai.protocol.mcp.Dialect;
import io.exai.protocol.mcp.Era;
import io.exai.protocol.mcp.EraClassifier;
import io.exai.protocol.mcp.Meta;
import io.exai.protocol.mcp.Methods;
import io.exai.protocol.mcp.Revision;
import io.exai.server.session.SessionCommand;
import io.exai.server.session.ToClient;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/**
 * One client's conversation in MCP over one connection, both eras. Called from one thread at a time; what needs no
 * session is answered here, the rest is handed to the session.
 */
final class McpDialogue implements Dialogue {
    /** Unanswered calls after which nothing more is read from the connection. */
    private static final int MOST_UNANSWERED = 256;

    private final EdgeParts parts;
    private final Wire wire;
    private final String principal;
    private final String connection;
    private final ActorRef<ToClient> self;
    private boolean resuming;
    private final Set<String> unanswered = new HashSet<>();
    private String sessionId;
    private boolean attached;
    private @Nullable Revision negotiated;
    private @Nullable Attaching attaching;

    /** What is to happen when the session is ours, or is not. */
    private record Attaching(Runnable granted, Consumer<RpcError> refused, String before) {}

    McpDialogue(EdgeParts parts, Wire wire, Caller caller, ActorRef<ToClient> self) {
        this.parts = parts;
        this.wire = wire;
        this.principal = caller.principal();
        this.connection = caller.connection();
        this.sessionId = caller.sessionId();
        this.resuming = caller.resuming();
        this.self = self;
    }

    @Override
    public void opened() {
        if (resuming) {
            attach("", "", false, () -> {}, refusal -> wire.close(CloseCode.POLICY, refusal.message()));
        }
    }

    @Override
    public void closed() {
        if (attached || attaching != null) {
            parts.sessions().tell(sessionId, new SessionCommand.Detach(connection));
        }
    }

    @Override
    public boolean isReady() {
        return attaching == null && unanswered.size() < MOST_UNANSWERED;
    }

    @Override
    public boolean isWaiting() {
        return !unanswered.isEmpty();
    }

    @Override
    public String principal() {
        return principal;
    }

    @Override
    public void confirmed(long sequence) {
        parts.sessions().tell(sessionId, new SessionCommand.Acknowledge(connection, sequence));
    }

    @Override
    public void touch() {
        if (attached) {
            parts.sessions().tell(sessionId, new SessionCommand.Touch(connection, self));
        }
    }

    @Override
    public void received(byte[] utf8) {
        if (utf8.length > parts.limits().call()) {
            EnvelopePeek peek = EnvelopePeek.of(utf8, 0, utf8.length);
            error(
                    peek.id(),
                    RpcError.INVALID_REQUEST,
                    "Request too large: " + utf8.length + " bytes (expected: at most "
                            + parts.limits().call() + ")");
            return;
        }
        Incoming incoming = EnvelopeReader.read(utf8, 0, utf8.length);
        if (incoming instanceof Incoming.Request request) {
            request(request);
        } else if (incoming instanceof Incoming.Notification notification) {
            notification(notification);
        } else if (incoming instanceof Incoming.Malformed malformed) {
            wire.send(parts.messages().error(malformed.id(), malformed.error()));
        }
    }

    private void request(Incoming.Request request) {
        Dialect dialect = EraClassifier.classify(request.method(), request.params(), negotiated);
        if (dialect instanceof Dialect.Rejected rejected) {
            wire.send(parts.messages().error(request.id(), rejected.error()));
        } else if (dialect instanceof Dialect.Handshake) {
            initialize(request);
        } else if (dialect instanceof Dialect.Legacy legacy) {
            serve(request, legacy.revision());
        } else if (dialect instanceof Dialect.Modern modern) {
            serve(request, modern.revision());
        }
    }

    private void notification(Incoming.Notification notification) {
        if (notification.method().equals(Methods.CANCELLED) && attached) {
            JsonNode reason = notification.params().path("reason");
            RequestId.of(notification.params().path("requestId")).ifPresent(id -> {
                unanswered.remove(id.json());
                parts.sessions()
                        .tell(
                                sessionId,
                                new SessionCommand.CancelCall(connection, id.json(), Shown.of(reason.asText(""))));
            });
        }
    }

    private void serve(Incoming.Request request, Revision revision) {
        switch (request.method()) {
            case Methods.PING -> wire.send(parts.messages().empty(request.id(), revision));
            case Methods.DISCOVER -> wire.send(parts.messages().discovered(request.id(), revision, sessionId));
            case Methods.TOOLS_LIST -> listTools(request, revision);
            default -> callTool(request, revision);
        }
    }

    private void initialize(Incoming.Request request) {
        JsonNode asked = request.params().path("protocolVersion");
        if (!asked.isTextual()) {
            error(
                    request.id(),
                    RpcError.INVALID_PARAMS,
                    "protocolVersion: missing (expected: a revision such as " + Revision.R2025_11_25.wireName() + ")");
            return;
        }
        JsonNode resumed = request.params().path(Meta.FIELD).path(Meta.SESSION_ID);
        if (!resumed.isMissingNode() && !(resumed.isTextual() && SessionIds.isWellFormed(resumed.textValue()))) {
            wire.send(parts.messages().error(request.id(), notFound()));
            return;
        }
        Revision revision = Revision.negotiate(asked.textValue());
        String before = sessionId;
        boolean create = resumed.isMissingNode() && !resuming;
        if (resumed.isTextual()) {
            move(resumed.textValue());
        }
        attachAs(
                before,
                client(request.params().path("clientInfo")),
                revision.wireName(),
                create,
                () -> {
                    negotiated = revision;
                    wire.send(parts.messages().initialized(request.id(), revision, sessionId, resumedNow));
                },
                refusal -> wire.send(parts.messages().error(request.id(), refusal)));
    }

    private boolean resumedNow;

    /** Leaves the session of this connection, if it has one, for another. */
    private void move(String otherSession) {
        if (attached && !otherSession.equals(sessionId)) {
            parts.sessions().tell(sessionId, new SessionCommand.Detach(connection));
            attached = false;
            unanswered.clear();
        }
        sessionId = otherSession;
    }

    private void listTools(Incoming.Request request, Revision revision) {
        JsonNode cursor = request.params().path("cursor");
        if (!cursor.isMissingNode()) {
            error(
                    request.id(),
                    RpcError.INVALID_PARAMS,
                    "cursor: " + Shown.of(cursor.toString()) + " (expected: none, the list has one page)");
            return;
        }
        wire.send(parts.messages().tools(request.id(), revision, parts.toolbox().descriptions()));
    }

    private void callTool(Incoming.Request request, Revision revision) {
        CallRequest call = CallRequest.of(request.params(), parts);
        if (call instanceof CallRequest.Refused refused) {
            wire.send(parts.messages().error(request.id(), refused.error()));
        } else if (call instanceof CallRequest.Wrong wrong) {
            wire.send(parts.messages().called(request.id(), revision, wrong.answer(), 1, false));
        } else if (call instanceof CallRequest.Accepted accepted) {
            submit(request, revision, accepted);
        }
    }

    private void submit(Incoming.Request request, Revision revision, CallRequest.Accepted call) {
        if (attached) {
            tell(request.id(), revision, call);
            return;
        }
        attach(
                client(request.params().path(Meta.FIELD).path(Meta.CLIENT_INFO)),
                revision.wireName(),
                true,
                () -> tell(request.id(), revision, call),
                refusal -> wire.send(parts.messages().error(request.id(), refusal)));
    }

    private void tell(RequestId id, Revision revision, CallRequest.Accepted call) {
        unanswered.add(id.json());
        parts.sessions()
                .tell(
                        sessionId,
                        new SessionCommand.CallTool(
                                connection,
                                id.json(),
                                call.tool(),
                                call.arguments(),
                                call.progressToken(),
                                revision.wireName(),
                                self));
    }

    private void attach(String client, String revision, boolean create, Runnable granted, Consumer<RpcError> refused) {
        attachAs(sessionId, client, revision, create, granted, refused);
    }

    /** Asks for the session; {@code before} is the one to fall back to. */
    private void attachAs(
            String before,
            String client,
            String revision,
            boolean create,
            Runnable granted,
            Consumer<RpcError> refused) {
        attaching = new Attaching(granted, refused, before);
        parts.sessions()
                .tell(sessionId, new SessionCommand.Attach(connection, principal, client, revision, create, self));
    }

    @Override
    public void heard(ToClient message) {
        if (message instanceof ToClient.Answered answered) {
            answered(answered);
        } else if (message instanceof ToClient.Progressed progress) {
            wire.sendIfIdle(parts.messages()
                    .progress(
                            progress.progressToken(),
                            progress.progress(),
                            progress.message(),
                            revision(progress.revision())));
        } else if (message instanceof ToClient.Attached granted) {
            attached(granted);
        } else if (message instanceof ToClient.AttachRefused refused) {
            refused(refused);
        } else if (message instanceof ToClient.Rejected rejected) {
            rejected(rejected);
        } else if (message instanceof ToClient.Superseded) {
            attached = false;
            wire.close(CloseCode.NORMAL, "session resumed on another connection");
        }
    }

    private void answered(ToClient.Answered answer) {
        unanswered.remove(answer.requestId());
        try {
            ObjectNode body = (ObjectNode) WireJson.parse(answer.answer());
            wire.send(parts.messages()
                    .called(
                            new RequestId(answer.requestId()),
                            revision(answer.revision()),
                            body,
                            answer.attempts(),
                            answer.redelivered()));
        } catch (MalformedJson broken) {
            error(new RequestId(answer.requestId()), RpcError.INTERNAL_ERROR, "the answer cannot be read back");
        }
        if (answer.sequence() > 0) {
            wire.confirm(answer.sequence());
        }
    }

    private void attached(ToClient.Attached granted) {
        Attaching waiting = attaching;
        attached = true;
        attaching = null;
        if (negotiated == null) {
            negotiated = Revision.of(Objects.requireNonNullElse(granted.revision(), ""))
                    .filter(revision -> revision.era() == Era.LEGACY)
                    .orElse(null);
        }
        if (waiting != null) {
            resumedNow = resuming || granted.resumed();
            waiting.granted().run();
        }
    }

    private void refused(ToClient.AttachRefused refused) {
        Attaching waiting = attaching;
        attaching = null;
        attached = false;
        if (waiting != null) {
            sessionId = waiting.before();
            waiting.refused()
                    .accept(
                            refused.why() == ToClient.Refusal.NOT_FOUND
                                    ? notFound()
                                    : RpcError.of(
                                            RpcError.SESSION_NOT_FOUND,
                                            "Too many sessions (expected: end or resume one of yours)"));
        }
    }

    private void rejected(ToClient.Rejected rejected) {
        unanswered.remove(rejected.requestId());
        if (rejected.sessionGone()) {
            attached = false;
            negotiated = null;
            resuming = false;
            sessionId = SessionIds.next();
            wire.send(parts.messages().error(new RequestId(rejected.requestId()), notFound()));
        } else {
            error(new RequestId(rejected.requestId()), RpcError.INVALID_REQUEST, rejected.why());
        }
    }

    private void error(@Nullable RequestId id, int code, String message) {
        wire.send(parts.messages().error(id, RpcError.of(code, message)));
    }

    private static RpcError notFound() {
        return RpcError.of(RpcError.SESSION_NOT_FOUND, "Session not found (expected: initialize without a session id)");
    }

    private static Revision revision(String wireName) {
        return Revision.of(wireName).orElse(Revision.R2025_11_25);
    }

    private static String client(JsonNode info) {
        return Shown.of(
                (info.path("name").asText("") + " " + info.path("version").asText("")).strip());
    }
}
