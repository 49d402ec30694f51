package io.exai.server.edge;

import io.exai.protocol.jsonrpc.RpcError;
import io.exai.server.session.SessionCommand;
import io.exai.server.session.ToClient;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/** Which session one connection has, or waits for. Called from one thread at a time. */
final class Attachment {
    private static final RpcError TOO_MANY =
            RpcError.of(RpcError.SESSION_NOT_FOUND, "Too many sessions (expected: end or resume one of yours)");

    private final SessionGate sessions;
    private final Caller caller;
    private final ActorRef<ToClient> self;
    private String sessionId;
    private boolean resuming;
    private boolean held;
    private @Nullable Asking asking;
    private @Nullable SessionCommand asked;

    /** What is to happen when the session is ours, or is not, and the session to fall back to. */
    record Asking(Granted granted, Consumer<RpcError> refused, String before) {}

    /** Goes on with the session; {@code resumed} when it was there before this connection. */
    interface Granted {
        void go(boolean resumed);
    }

    Attachment(SessionGate sessions, Caller caller, ActorRef<ToClient> self) {
        this.sessions = sessions;
        this.caller = caller;
        this.self = self;
        this.sessionId = caller.sessionId();
        this.resuming = caller.resuming();
    }

    String sessionId() {
        return sessionId;
    }

    /** Whether the connection has its session. */
    boolean isHeld() {
        return held;
    }

    /** Whether the session has been asked for and has not answered. */
    boolean isPending() {
        return asking != null;
    }

    /** Whether the upgrade request named a session, and none was found gone since. */
    boolean isResuming() {
        return resuming;
    }

    /** Asks for the session that the upgrade request named. */
    void resume(Asking then) {
        ask("", "", null, false, then);
    }

    /** Asks for the session; {@code create} when it begins now if it is unknown. */
    void ask(Handshake by, boolean create, Asking then) {
        ask(by.client(), by.revision().wireName(), by.capabilities(), create, then);
    }

    private void ask(String client, String revision, @Nullable String capabilities, boolean create, Asking then) {
        asking = then;
        asked = new SessionCommand.Attach(
                caller.connection(), caller.principal(), client, revision, capabilities, create, self);
        tell(asked);
    }

    /** Asks once more, when the wish may be lost with a node. */
    void askAgain() {
        if (asking != null && asked != null) {
            tell(asked);
        }
    }

    /** Turns to another session; true when the connection has left one for it. */
    boolean move(String other) {
        boolean leaves = held && !other.equals(sessionId);
        if (leaves) {
            tell(new SessionCommand.Detach(caller.connection()));
            held = false;
        }
        sessionId = other;
        return leaves;
    }

    void granted(ToClient.Attached granted) {
        Asking waiting = asking;
        held = true;
        asking = null;
        if (waiting != null) {
            waiting.granted().go(resuming || granted.resumed());
        }
    }

    void refused(ToClient.AttachRefused refused) {
        Asking waiting = asking;
        held = false;
        asking = null;
        if (waiting != null) {
            sessionId = waiting.before();
            waiting.refused().accept(refused.why() == ToClient.Refusal.NOT_FOUND ? Sayings.NOT_FOUND : TOO_MANY);
        }
    }

    /** Another connection has the session now. */
    void superseded() {
        held = false;
    }

    /** The session is no more; the next one is new. */
    void gone() {
        held = false;
        resuming = false;
        sessionId = SessionIds.next(sessions::isNear);
    }

    /** The connection ends. */
    void close() {
        if (held || asking != null) {
            tell(new SessionCommand.Detach(caller.connection()));
        }
    }

    void tell(SessionCommand command) {
        sessions.tell(sessionId, command);
    }
}
