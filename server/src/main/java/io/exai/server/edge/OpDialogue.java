package io.exai.server.edge;

import io.exai.protocol.error.ErrorCode;
import io.exai.protocol.frame.CloseCode;
import io.exai.protocol.op.OpError;
import io.exai.protocol.op.OpFrame;
import io.exai.protocol.op.OpPeek;
import io.exai.protocol.op.OpReader;
import io.exai.server.session.SessionCommand;
import io.exai.server.session.Submissions;
import io.exai.server.session.ToClient;
import java.time.Duration;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * One client's conversation in the daemon's own protocol: a hello, then any number of operations at once. Nothing but
 * the hello is served to a client that has not been greeted.
 */
final class OpDialogue implements Dialogue {
    static final String TOO_LATE = "hello timeout or disconnect";

    /** How long a session may take to answer a hello, after the loss of a node for instance. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final EdgeParts parts;
    private final OpParts op;
    private final Wire wire;
    private final Caller caller;
    private final ActorRef<ToClient> self;
    private final OpCalls calls;
    private Stage stage = Stage.NEW;
    private String principal;
    private String sessionId;
    private boolean beating;

    /** How far the conversation has come. */
    private enum Stage {
        NEW,
        GREETING,
        GREETED,
        OVER
    }

    OpDialogue(EdgeParts parts, OpParts op, Wire wire, Caller caller, ActorRef<ToClient> self) {
        this.parts = parts;
        this.op = op;
        this.wire = wire;
        this.caller = caller;
        this.self = self;
        this.principal = caller.principal();
        this.sessionId = caller.sessionId();
        this.calls = new OpCalls(parts, op, wire, caller.connection(), self);
    }

    @Override
    public void opened() {
        wire.alarm(op.settings().helloTimeout());
    }

    @Override
    public void received(byte[] utf8) {
        if (stage == Stage.NEW) {
            first(utf8);
        } else if (utf8.length > parts.limits().call()) {
            tooLarge(OpPeek.of(utf8), utf8.length);
        } else if (stage == Stage.GREETED) {
            serve(OpReader.read(utf8));
        }
    }

    private void first(byte[] utf8) {
        Greeting greeting = Greeting.of(utf8, parts.limits().call(), caller, op.principals());
        if (greeting instanceof Greeting.Welcome welcome) {
            principal = welcome.principal();
            wire.admit();
            attach(welcome.sessionId().orElse(caller.sessionId()));
        } else if (greeting instanceof Greeting.Refused refused) {
            refuse(refused);
        }
    }

    /** A session that the client names must be there; only under an id of our own does one begin. */
    private void attach(String session) {
        stage = Stage.GREETING;
        sessionId = session;
        wire.alarm(PATIENCE);
        tell(attach());
    }

    private SessionCommand attach() {
        return new SessionCommand.Attach(
                caller.connection(), principal, "op", Submissions.REVISION, null, isOurs(), self);
    }

    @Override
    public void nodeLost() {
        if (stage == Stage.GREETING) {
            tell(attach());
        } else if (stage == Stage.GREETED && calls.isRunning()) {
            touch();
            calls.nodeLost();
        }
    }

    private boolean isOurs() {
        return sessionId.equals(caller.sessionId());
    }

    private void refuse(Greeting.Refused refused) {
        stage = Stage.OVER;
        if (refused.error() != null) {
            wire.send(op.messages().helloRefused(refused.error()));
        }
        wire.close(refused.code(), refused.reason());
    }

    private void tooLarge(OpPeek peek, int size) {
        long limit = parts.limits().call();
        OpError error = OpError.of(
                ErrorCode.OVER_CAPACITY, "Request too large: " + size + " bytes exceeds limit of " + limit + " bytes");
        error.details().put("actual_size", size).put("limit", limit);
        wire.send(op.messages().failed(peek.op(), peek.requestId(), error));
    }

    private void serve(OpFrame frame) {
        if (frame instanceof OpFrame.CallTool call) {
            calls.submit(sessionId, call);
        } else if (frame instanceof OpFrame.Cancel cancel) {
            calls.cancel(sessionId, cancel);
        } else if (frame instanceof OpFrame.ListTools list) {
            wire.send(op.messages().tools(list.requestId(), parts.toolbox().descriptions()));
        } else if (frame instanceof OpFrame.Health health) {
            wire.send(op.messages().health(health.requestId(), op.figures().get()));
        } else if (frame instanceof OpFrame.Ping ping) {
            wire.send(op.messages().pong(ping.requestId(), op.now()));
        } else if (frame instanceof OpFrame.RotateToken rotate) {
            rotate(rotate);
        } else if (frame instanceof OpFrame.Malformed malformed) {
            wire.send(op.messages().failed(malformed.op(), malformed.requestId(), malformed.error()));
        } else if (frame instanceof OpFrame.Hello) {
            wire.send(op.messages().failed("hello", null, OpError.secondHello()));
        }
    }

    private void rotate(OpFrame.RotateToken asked) {
        Optional<String> refusal =
                op.rotation().rotate(principal, asked.old(), asked.replacement(), caller.connection());
        wire.send(refusal.map(why -> op.messages().notRotated(asked.requestId(), why))
                .orElseGet(() -> op.messages().rotated(asked.requestId())));
    }

    @Override
    public void heard(ToClient message) {
        if (message instanceof ToClient.Attached) {
            attached();
        } else if (message instanceof ToClient.AttachRefused refused) {
            refused(refused.why());
        } else if (message instanceof ToClient.Superseded) {
            stage = Stage.OVER;
            wire.close(CloseCode.NORMAL, "session resumed on another connection");
        } else if (message instanceof ToClient.Woken) {
            calls.woken();
        } else {
            calls.heard(message);
            beatOn();
        }
    }

    private void attached() {
        if (stage == Stage.GREETING) {
            stage = Stage.GREETED;
            wire.send(op.messages().helloAck(sessionId, !isOurs()));
            if (!isOurs()) {
                tell(new SessionCommand.Recall(caller.connection(), self));
            }
        }
    }

    private void refused(ToClient.Refusal why) {
        if (stage != Stage.GREETING) {
            stage = Stage.OVER;
            wire.close(CloseCode.POLICY, "the session has ended; say hello again");
        } else if (why == ToClient.Refusal.TOO_MANY_SESSIONS) {
            refuse(new Greeting.Refused(
                    "too_many_sessions", CloseCode.POLICY, "too many sessions; end or resume one of yours"));
        } else {
            attach(caller.sessionId());
        }
    }

    @Override
    public void alarm() {
        if (stage == Stage.NEW) {
            wire.close(CloseCode.HELLO_TIMEOUT, TOO_LATE);
        } else if (stage == Stage.GREETING) {
            wire.close(CloseCode.TRY_AGAIN_LATER, "the session does not answer; try again soon");
        } else if (stage == Stage.GREETED) {
            calls.beat();
            beating = false;
            beatOn();
        }
    }

    private void beatOn() {
        if (!beating && calls.isRunning()) {
            beating = true;
            wire.alarm(op.heartbeat());
        }
    }

    @Override
    public void confirmed(long sequence) {
        tell(new SessionCommand.Acknowledge(caller.connection(), sequence));
    }

    @Override
    public void touch() {
        if (stage == Stage.GREETED) {
            tell(new SessionCommand.Touch(caller.connection(), self));
        }
    }

    @Override
    public void closed() {
        if (stage == Stage.GREETING || stage == Stage.GREETED) {
            tell(new SessionCommand.Detach(caller.connection()));
        }
    }

    private void tell(SessionCommand command) {
        parts.sessions().tell(sessionId, command);
    }

    @Override
    public boolean isReady() {
        return stage != Stage.GREETING && !calls.isCrowded();
    }

    @Override
    public boolean isWaiting() {
        return calls.isRunning();
    }

    @Override
    public String principal() {
        return principal;
    }
}
