package io.exai.server.edge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.frame.CloseCode;
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
import io.exai.server.change.Change;
import io.exai.server.change.Changes;
import io.exai.server.feature.Asker;
import io.exai.server.session.SessionCommand;
import io.exai.server.session.ToClient;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.jspecify.annotations.Nullable;

/**
 * One client's conversation in MCP over one connection, both eras. Called from one thread at a time; what needs no
 * session is answered here, the rest is handed to the session.
 */
final class McpDialogue implements Dialogue {
    /** Unanswered calls after which nothing more is read from the connection. */
    private static final int MOST_UNANSWERED = 256;

    /** Subscriptions of one connection at once. */
    private static final int MOST_LISTENING = 64;

    /** What a legacy client hears without a subscription is kept under this name, which is no request id. */
    private static final String LEGACY = "legacy";

    /** The wish for the session is pending under this name, which is no request id. */
    private static final String ATTACHING = "attaching";

    private final EdgeParts parts;
    private final Requests requests;
    private final Sayings sayings;
    private final Map<String, Notices> listening = new HashMap<>();
    private final Wire wire;
    private Changes.@Nullable Subscription changes;
    private int late;
    private final String principal;
    private final String connection;
    private final ActorRef<ToClient> self;
    private boolean resuming;
    private final Pending unanswered;
    private long delivered;
    private String sessionId;
    private boolean attached;
    private @Nullable Revision negotiated;
    private @Nullable Attaching attaching;

    /** What is to happen when the session is ours, or is not. */
    private record Attaching(Runnable granted, Consumer<RpcError> refused, String before) {}

    McpDialogue(EdgeParts parts, Wire wire, Caller caller, ActorRef<ToClient> self) {
        this.parts = parts;
        this.requests = new Requests(parts);
        this.sayings = new Sayings(parts.messages());
        this.wire = wire;
        this.unanswered = new Pending(parts.sessions());
        this.principal = caller.principal();
        this.connection = caller.connection();
        this.sessionId = caller.sessionId();
        this.resuming = caller.resuming();
        this.self = self;
    }

    @Override
    public void opened() {
        if (resuming) {
            attach("", "", null, false, () -> {}, refusal -> wire.close(CloseCode.POLICY, refusal.message()));
        }
    }

    @Override
    public void closed() {
        if (changes != null) {
            changes.close();
        }
        if (attached || attaching != null) {
            parts.sessions().tell(sessionId, new SessionCommand.Detach(connection));
        }
    }

    @Override
    public boolean isReady() {
        return attaching == null && unanswered.size() + late < MOST_UNANSWERED;
    }

    @Override
    public boolean isWaiting() {
        return unanswered.size() > 0;
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
        } else if (incoming instanceof Incoming.Response response) {
            responded(response);
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
            serve(request, new Asker(legacy.revision(), WireJson.object(), principal));
        } else if (dialect instanceof Dialect.Modern modern) {
            serve(request, new Asker(modern.revision(), modern.clientCapabilities(), principal));
        }
    }

    /** The client answers a request of ours. */
    private void responded(Incoming.Response response) {
        if (attached) {
            parts.sessions()
                    .tell(
                            sessionId,
                            new SessionCommand.Respond(
                                    principal,
                                    response.id().json(),
                                    response.result() == null ? null : WireJson.write(response.result()),
                                    response.error() == null ? null : WireJson.write(response.error())));
        }
    }

    private void notification(Incoming.Notification notification) {
        if (notification.method().equals(Methods.CANCELLED)) {
            JsonNode reason = notification.params().path("reason");
            RequestId.of(notification.params().path("requestId")).ifPresent(id -> {
                if (listening.remove(id.json()) != null || !attached) {
                    return;
                }
                unanswered.answered(id.json());
                parts.sessions()
                        .tell(
                                sessionId,
                                new SessionCommand.CancelCall(connection, id.json(), Shown.of(reason.asText(""))));
            });
        }
    }

    private void serve(Incoming.Request request, Asker asker) {
        switch (request.method()) {
            case Methods.DISCOVER ->
                wire.send(parts.messages()
                        .discovered(
                                request.id(),
                                asker.revision(),
                                sessionId,
                                parts.features().capabilities(asker.revision())));
            case Methods.TOOLS_CALL -> callTool(request, asker);
            case Methods.SUBSCRIPTIONS_LISTEN -> listen(request, asker);
            default -> answer(request, asker);
        }
    }

    /** What needs no session is answered at once, and so in order. */
    private void answer(Incoming.Request request, Asker asker) {
        if (parts.features().serves(request.method())) {
            wire.send(sayings.answer(
                    request.id(),
                    asker.revision(),
                    parts.features().answerNow(request.method(), request.params(), asker)));
            return;
        }
        late++;
        wire.later(
                requests.answer(request.method(), request.params(), asker, sessionId)
                        .thenApplyAsync(
                                answer -> sayings.answer(request.id(), asker.revision(), answer), parts.executor()),
                message -> {
                    late--;
                    wire.send(message);
                });
    }

    /** A modern client listens for changes until it cancels the request, or the connection ends. */
    private void listen(Incoming.Request request, Asker asker) {
        JsonNode wanted = request.params().path("notifications");
        if (!wanted.isObject() || listening.size() >= MOST_LISTENING) {
            error(
                    request.id(),
                    RpcError.INVALID_PARAMS,
                    "notifications: " + Shown.of(wanted) + " (expected: an object, in at most " + MOST_LISTENING
                            + " subscriptions)");
            return;
        }
        Notices notices = Notices.modern(principal, request.id(), wanted, CallRequest.knowsTasks(asker.capabilities()));
        listening.put(request.id().json(), notices);
        wire.send(sayings.notice(notices.acknowledged()));
        hearChanges();
    }

    private void hearChanges() {
        if (changes == null) {
            changes = parts.changes()
                    .listen(change -> Adapter.toClassic(self).tell(change, org.apache.pekko.actor.ActorRef.noSender()));
        }
    }

    @Override
    public void heard(Change change) {
        for (Notices notices : listening.values()) {
            notices.of(change).ifPresent(notice -> wire.sendIfIdle(sayings.notice(notice)));
        }
    }

    /** Whoever waits for nothing is found by the session's next touch. */
    @Override
    public void nodeLost() {
        if (unanswered.size() > 0) {
            touch();
            unanswered.tellAgain();
        }
    }

    @Override
    public void draining() {
        listening.forEach((id, notices) -> {
            if (!id.equals(LEGACY)) {
                wire.send(parts.messages().result(new RequestId(id), Revision.R2026_07_28, notices.ended()));
            }
        });
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
            wire.send(parts.messages().error(request.id(), Sayings.NOT_FOUND));
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
                request.params().path("capabilities") instanceof ObjectNode capabilities
                        ? WireJson.write(capabilities)
                        : null,
                create,
                () -> {
                    negotiated = revision;
                    if (!listening.containsKey(LEGACY)) {
                        listening.put(LEGACY, Notices.legacy(principal, sessionId, List.of()));
                        hearChanges();
                    }
                    wire.send(parts.messages()
                            .initialized(
                                    request.id(),
                                    revision,
                                    sessionId,
                                    resumedNow,
                                    parts.features().capabilities(revision)));
                },
                refusal -> wire.send(parts.messages().error(request.id(), refusal)));
    }

    private boolean resumedNow;

    /** Leaves the session of this connection, if it has one, for another. */
    private void move(String otherSession) {
        if (attached && !otherSession.equals(sessionId)) {
            parts.sessions().tell(sessionId, new SessionCommand.Detach(connection));
            attached = false;
            unanswered.forget();
            delivered = 0;
        }
        sessionId = otherSession;
    }

    private void callTool(Incoming.Request request, Asker asker) {
        Revision revision = asker.revision();
        CallRequest call = CallRequest.of(request.params(), asker, parts);
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
                null,
                true,
                () -> tell(request.id(), revision, call),
                refusal -> wire.send(parts.messages().error(request.id(), refusal)));
    }

    private void tell(RequestId id, Revision revision, CallRequest.Accepted call) {
        unanswered.tell(
                id.json(),
                sessionId,
                new SessionCommand.CallTool(
                        connection,
                        call.request(
                                id.json(), revision, sessionId, parts.clock().instant()),
                        self));
    }

    private void attach(
            String client,
            String revision,
            @Nullable String capabilities,
            boolean create,
            Runnable granted,
            Consumer<RpcError> refused) {
        attachAs(sessionId, client, revision, capabilities, create, granted, refused);
    }

    /** Asks for the session; {@code before} is the one to fall back to. */
    private void attachAs(
            String before,
            String client,
            String revision,
            @Nullable String capabilities,
            boolean create,
            Runnable granted,
            Consumer<RpcError> refused) {
        attaching = new Attaching(granted, refused, before);
        unanswered.tell(
                ATTACHING,
                sessionId,
                new SessionCommand.Attach(connection, principal, client, revision, capabilities, create, self));
    }

    @Override
    public void heard(ToClient message) {
        if (message instanceof ToClient.Answered answered) {
            answered(answered);
        } else if (message instanceof ToClient.Progressed progress) {
            wire.sendIfIdle(sayings.progress(progress));
        } else if (message instanceof ToClient.Logged logged) {
            wire.sendIfIdle(sayings.logged(logged));
        } else if (message instanceof ToClient.Asked asked) {
            wire.send(sayings.asked(asked));
        } else if (message instanceof ToClient.TaskStarted started) {
            unanswered.answered(started.requestId());
            wire.send(sayings.started(new RequestId(started.requestId()), started));
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
        boolean again = answer.redelivered() && answer.sequence() > 0 && answer.sequence() <= delivered;
        if (!again || unanswered.isWaiting(answer.requestId())) {
            wire.send(sayings.answered(new RequestId(answer.requestId()), answer));
        }
        unanswered.answered(answer.requestId());
        delivered = Math.max(delivered, answer.sequence());
        if (answer.sequence() > 0) {
            wire.confirm(answer.sequence());
        }
    }

    private void attached(ToClient.Attached granted) {
        Attaching waiting = attaching;
        unanswered.answered(ATTACHING);
        attached = true;
        attaching = null;
        if (negotiated == null) {
            negotiated = Revision.of(Objects.requireNonNullElse(granted.revision(), ""))
                    .filter(revision -> revision.era() == Era.LEGACY)
                    .orElse(null);
        }
        if (negotiated != null) {
            listening.put(LEGACY, Notices.legacy(principal, sessionId, granted.subscriptions()));
            hearChanges();
        }
        if (waiting != null) {
            resumedNow = resuming || granted.resumed();
            waiting.granted().run();
        }
    }

    private void refused(ToClient.AttachRefused refused) {
        Attaching waiting = attaching;
        unanswered.answered(ATTACHING);
        attaching = null;
        attached = false;
        if (waiting != null) {
            sessionId = waiting.before();
            waiting.refused()
                    .accept(
                            refused.why() == ToClient.Refusal.NOT_FOUND
                                    ? Sayings.NOT_FOUND
                                    : RpcError.of(
                                            RpcError.SESSION_NOT_FOUND,
                                            "Too many sessions (expected: end or resume one of yours)"));
        }
    }

    private void rejected(ToClient.Rejected rejected) {
        unanswered.answered(rejected.requestId());
        if (rejected.sessionGone()) {
            attached = false;
            negotiated = null;
            resuming = false;
            sessionId = SessionIds.next();
            wire.send(parts.messages().error(new RequestId(rejected.requestId()), Sayings.NOT_FOUND));
        } else {
            error(new RequestId(rejected.requestId()), RpcError.INVALID_REQUEST, rejected.why());
        }
    }

    private void error(@Nullable RequestId id, int code, String message) {
        wire.send(parts.messages().error(id, RpcError.of(code, message)));
    }

    private static String client(JsonNode info) {
        return Shown.of(
                (info.path("name").asText("") + " " + info.path("version").asText("")).strip());
    }
}
