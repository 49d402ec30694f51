package io.exai.server.edge;

import com.fasterxml.jackson.databind.JsonNode;
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
import io.exai.server.feature.Answer;
import io.exai.server.feature.Asker;
import io.exai.server.session.SessionCommand;
import io.exai.server.session.ToClient;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/**
 * One client's conversation in MCP over one connection, both eras. Called from one thread at a time; what needs no
 * session is answered here, the rest is handed to the session.
 */
final class McpDialogue implements Dialogue {
    /** Requests without an answer after which nothing more is read from the connection. */
    private static final int MOST_UNANSWERED = 256;

    private final EdgeParts parts;
    private final Requests requests;
    private final Sayings sayings;
    private final Wire wire;
    private final String principal;
    private final String connection;
    private final ActorRef<ToClient> self;
    private final Subscriptions subscriptions;
    private final Attachment attachment;
    private final McpCalls calls;
    private int late;
    private @Nullable Revision negotiated;

    McpDialogue(EdgeParts parts, Wire wire, Caller caller, ActorRef<ToClient> self) {
        this.parts = parts;
        this.requests = new Requests(parts);
        this.sayings = new Sayings(parts.messages());
        this.wire = wire;
        this.principal = caller.principal();
        this.connection = caller.connection();
        this.self = self;
        this.subscriptions = new Subscriptions(parts, wire, principal, self);
        this.attachment = new Attachment(parts.sessions(), caller, self);
        this.calls = new McpCalls(parts, wire, connection, self, attachment);
    }

    @Override
    public void opened() {
        if (attachment.isResuming()) {
            attachment.resume(new Attachment.Asking(
                    resumed -> {}, refusal -> wire.close(CloseCode.POLICY, refusal.message()), attachment.sessionId()));
        }
    }

    @Override
    public void closed() {
        subscriptions.close();
        attachment.close();
    }

    @Override
    public boolean isReady() {
        return !attachment.isPending() && calls.count() + late < MOST_UNANSWERED;
    }

    @Override
    public boolean isWaiting() {
        return calls.count() > 0;
    }

    @Override
    public String principal() {
        return principal;
    }

    @Override
    public void confirmed(long sequence) {
        attachment.tell(new SessionCommand.Acknowledge(connection, sequence));
    }

    @Override
    public void touch() {
        if (attachment.isHeld()) {
            attachment.tell(new SessionCommand.Touch(connection, self));
        }
    }

    /** Whoever waits for nothing is found by the session's next touch. */
    @Override
    public void nodeLost() {
        if (calls.count() > 0 || attachment.isPending()) {
            touch();
            attachment.askAgain();
            calls.tellAgain();
        }
    }

    @Override
    public void received(byte[] utf8) {
        if (utf8.length > parts.limits().call()) {
            EnvelopePeek peek = EnvelopePeek.of(utf8, 0, utf8.length);
            error(
                    peek.id(),
                    RpcError.of(
                            RpcError.INVALID_REQUEST,
                            "Request too large: " + utf8.length + " bytes (expected: at most "
                                    + parts.limits().call() + ")"));
            return;
        }
        Incoming incoming = EnvelopeReader.read(utf8, 0, utf8.length);
        if (incoming instanceof Incoming.Request request) {
            request(request);
        } else if (incoming instanceof Incoming.Notification notification) {
            Cancellation.of(notification).ifPresent(this::cancel);
        } else if (incoming instanceof Incoming.Response response) {
            responded(response);
        } else if (incoming instanceof Incoming.Malformed malformed) {
            error(malformed.id(), malformed.error());
        }
    }

    private void request(Incoming.Request request) {
        Dialect dialect = EraClassifier.classify(request.method(), request.params(), negotiated);
        if (dialect instanceof Dialect.Rejected rejected) {
            error(request.id(), rejected.error());
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
        if (attachment.isHeld()) {
            attachment.tell(ClientAnswer.of(principal, response));
        }
    }

    private void cancel(Cancellation cancellation) {
        if (!subscriptions.cancel(cancellation.request()) && attachment.isHeld()) {
            calls.cancel(cancellation);
        }
    }

    private void serve(Incoming.Request request, Asker asker) {
        switch (request.method()) {
            case Methods.DISCOVER ->
                wire.send(parts.messages()
                        .discovered(
                                request.id(),
                                asker.revision(),
                                attachment.sessionId(),
                                parts.features().capabilities(asker.revision())));
            case Methods.TOOLS_CALL -> calls.submit(request, asker);
            case Methods.SUBSCRIPTIONS_LISTEN -> subscriptions.listen(request, asker);
            default -> answer(request, asker);
        }
    }

    /** What needs no session is answered at once, and so in order. */
    private void answer(Incoming.Request request, Asker asker) {
        Optional<CompletionStage<Answer>> asked = parts.features().ask(request.method(), request.params(), asker);
        if (asked.isEmpty() && parts.features().serves(request.method())) {
            wire.send(sayings.answer(
                    request.id(),
                    asker.revision(),
                    parts.features().answer(request.method(), request.params(), asker)));
            return;
        }
        late++;
        wire.later(
                asked.orElseGet(() ->
                                requests.answer(request.method(), request.params(), asker, attachment.sessionId()))
                        .thenApplyAsync(
                                answer -> sayings.answer(request.id(), asker.revision(), answer), parts.executor()),
                message -> {
                    late--;
                    wire.send(message);
                });
    }

    private void initialize(Incoming.Request request) {
        Optional<Handshake> handshake = Handshake.of(request.params());
        JsonNode named = request.params().path(Meta.FIELD).path(Meta.SESSION_ID);
        if (handshake.isEmpty()) {
            error(request.id(), Handshake.NO_REVISION);
        } else if (!named.isMissingNode() && !(named.isTextual() && SessionIds.isWellFormed(named.textValue()))) {
            error(request.id(), Sayings.NOT_FOUND);
        } else {
            attach(request.id(), handshake.get(), named.textValue());
        }
    }

    /** {@code named} is the session that the client wants back. */
    private void attach(RequestId id, Handshake handshake, @Nullable String named) {
        String before = attachment.sessionId();
        boolean create = named == null && !attachment.isResuming();
        if (named != null && attachment.move(named)) {
            calls.forget();
        }
        calls.introduced();
        attachment.ask(
                handshake,
                create,
                new Attachment.Asking(
                        resumed -> welcome(id, handshake.revision(), resumed), refusal -> error(id, refusal), before));
    }

    private void welcome(RequestId id, Revision revision, boolean resumed) {
        negotiated = revision;
        wire.send(parts.messages()
                .initialized(
                        id,
                        revision,
                        attachment.sessionId(),
                        resumed,
                        parts.features().capabilities(revision)));
    }

    @Override
    public void heard(Change change) {
        subscriptions.heard(change);
    }

    @Override
    public void draining() {
        subscriptions.draining();
    }

    @Override
    public void heard(ToClient message) {
        if (message instanceof ToClient.Answered answered) {
            calls.answered(answered);
        } else if (message instanceof ToClient.Progressed progress) {
            wire.sendIfIdle(sayings.progress(progress));
        } else if (message instanceof ToClient.Logged logged) {
            wire.sendIfIdle(sayings.logged(logged));
        } else if (message instanceof ToClient.Asked asked) {
            wire.send(sayings.asked(asked));
        } else if (message instanceof ToClient.TaskStarted started) {
            calls.started(started);
        } else if (message instanceof ToClient.Attached granted) {
            attached(granted);
        } else if (message instanceof ToClient.AttachRefused refused) {
            attachment.refused(refused);
        } else if (message instanceof ToClient.Woken) {
            calls.woken();
        } else if (message instanceof ToClient.Unheard unheard) {
            calls.unheard(unheard);
        } else if (message instanceof ToClient.Rejected rejected) {
            rejected(rejected);
        } else if (message instanceof ToClient.Superseded) {
            attachment.superseded();
            wire.close(CloseCode.NORMAL, "session resumed on another connection");
        }
    }

    private void attached(ToClient.Attached granted) {
        if (negotiated == null) {
            negotiated = Revision.of(Objects.requireNonNullElse(granted.revision(), ""))
                    .filter(revision -> revision.era() == Era.LEGACY)
                    .orElse(null);
        }
        attachment.granted(granted);
        if (negotiated != null) {
            subscriptions.follow(attachment.sessionId(), granted.subscriptions());
        }
    }

    private void rejected(ToClient.Rejected rejected) {
        if (rejected.sessionGone()) {
            negotiated = null;
            attachment.gone();
        }
        calls.rejected(rejected);
    }

    private void error(@Nullable RequestId id, RpcError error) {
        wire.send(sayings.error(id, error));
    }
}
