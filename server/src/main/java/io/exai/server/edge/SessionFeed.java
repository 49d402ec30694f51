package io.exai.server.edge;

import io.exai.protocol.frame.ServerSentEvent;
import io.exai.protocol.jsonrpc.RequestId;
import io.exai.protocol.jsonrpc.RpcError;
import io.exai.server.change.Change;
import io.exai.server.session.SessionCommand;
import io.exai.server.session.ToClient;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongFunction;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.jspecify.annotations.Nullable;

/** Answers of calls, and what is said on the way to them: as events, or as one JSON text at the end. */
final class SessionFeed implements Feed {
    /** After how long a client whose stream we close comes back, in milliseconds. */
    private static final long RETRY_MILLIS = 500;

    /** What a resumed stream waits for; no request goes by that name. */
    private static final String RESUMED = "end";

    private static final RpcError NO_ANSWER = RpcError.of(
            RpcError.INTERNAL_ERROR, "the call was withdrawn, or goes on for another request: it has no answer here");

    private final Sayings sayings;
    private final Start start;
    private final Runnable left;
    private final @Nullable EventIds ids;
    private final boolean events;
    private final boolean batch;
    private final Map<String, RequestId> waiting = new HashMap<>();
    private final Pending pending;
    private final SessionGate sessions;
    private Runnable resumption = () -> {};
    private long delivered;
    private boolean unprimed;
    private final List<byte[]> collected = new ArrayList<>();
    private boolean open = true;
    private boolean begun;
    private @Nullable Outlet outlet;

    /** Gives the work to whoever does it. */
    interface Start {
        void begin(SessionFeed feed, org.apache.pekko.actor.typed.ActorRef<ToClient> self);
    }

    /**
     * How a feed looks.
     *
     * @param ids set when a client can come back to the stream
     * @param events whether the client takes events
     * @param batch whether the answers make up an array, when it does not
     * @param primed whether an empty event comes as soon as there is something to come back to
     */
    record Form(@Nullable EventIds ids, boolean events, boolean batch, boolean primed) {}

    /** {@code left} is run when the client leaves before the end. */
    SessionFeed(Sayings sayings, SessionGate sessions, Form form, Start start, Runnable left) {
        this.sayings = sayings;
        this.sessions = sessions;
        this.pending = new Pending(sessions);
        this.start = start;
        this.left = left;
        this.ids = form.ids();
        this.events = form.events();
        this.batch = form.batch();
        this.unprimed = form.primed() && form.events() && form.ids() != null;
    }

    @Override
    public void begin(Outlet newOutlet, ActorRef self) {
        outlet = newOutlet;
        start.begin(this, Adapter.toTyped(self));
        begun = true;
        endIfDone();
    }

    /** The stream is open until this is answered; {@code internal} is the session's name for the request. */
    void expect(String internal, RequestId id) {
        waiting.put(internal, id);
    }

    /** As {@link #expect}, for what a session is to answer. */
    void ask(String sessionId, String internal, RequestId id, SessionCommand.Call call) {
        expect(internal, id);
        pending.tell(internal, sessionId, call);
    }

    /**
     * Comes back to a stream of before, which is open until the session says that nothing more comes on it.
     *
     * @param after the sequence of the last answer that the client has
     * @param command to the session, given such a sequence
     */
    void resume(String sessionId, long after, LongFunction<SessionCommand> command) {
        expect(RESUMED, new RequestId("\"" + RESUMED + "\""));
        delivered = after;
        prime();
        resumption = () -> sessions.tell(sessionId, command.apply(delivered));
        resumption.run();
    }

    /** What the session had not taken on is told again, and a session that is elsewhere now learns who listens. */
    @Override
    public void nodeLost() {
        if (open) {
            pending.tellAgain();
            resumption.run();
        }
    }

    /** A message that is there at once. */
    void say(byte[] message, boolean answer) {
        emit(message, 0, answer);
    }

    @Override
    public void heard(ToClient message) {
        if (message instanceof ToClient.Answered answered) {
            RequestId id = taken(answered.requestId());
            emit(
                    sayings.answered(id == null ? new RequestId(answered.requestId()) : id, answered),
                    answered.sequence(),
                    true);
        } else if (message instanceof ToClient.TaskStarted started) {
            RequestId id = taken(started.requestId());
            emit(sayings.started(id == null ? new RequestId(started.requestId()) : id, started), 0, true);
        } else if (message instanceof ToClient.Rejected rejected) {
            RequestId id = taken(rejected.requestId());
            emit(
                    sayings.error(
                            id == null ? new RequestId(rejected.requestId()) : id,
                            rejected.sessionGone()
                                    ? Sayings.NOT_FOUND
                                    : RpcError.of(RpcError.INVALID_REQUEST, rejected.why())),
                    0,
                    true);
        } else if (message instanceof ToClient.Woken) {
            pending.tellAllAgain();
        } else if (message instanceof ToClient.TakenOn) {
            prime();
        } else if (message instanceof ToClient.Unheard unheard) {
            pending.unheard(unheard.requestId());
        } else if (message instanceof ToClient.Progressed progress) {
            emit(sayings.progress(progress), 0, false);
        } else if (message instanceof ToClient.Logged logged) {
            emit(sayings.logged(logged), 0, false);
        } else if (message instanceof ToClient.Asked asked) {
            emit(sayings.asked(asked), 0, false);
        } else if (message instanceof ToClient.StreamClosing) {
            comeBack();
            return;
        } else if (message instanceof ToClient.StreamEnded || message instanceof ToClient.AttachRefused) {
            giveUp();
            finish();
            return;
        }
        endIfDone();
    }

    /** An id is a promise: a client that comes back with it finds its call. */
    private void prime() {
        if (open && unprimed && ids != null) {
            unprimed = false;
            Objects.requireNonNull(outlet).send(ServerSentEvent.priming(ids.next(delivered), RETRY_MILLIS));
        }
    }

    private @Nullable RequestId taken(String internal) {
        pending.answered(internal);
        return waiting.remove(internal);
    }

    @Override
    public void heard(Change change) {}

    @Override
    public void heard(Late late) {
        waiting.remove(late.internal());
        emit(late.message(), 0, true);
        endIfDone();
    }

    @Override
    public void draining() {
        comeBack();
    }

    @Override
    public void closed(boolean byClient) {
        if (byClient && open) {
            left.run();
        }
        open = false;
    }

    private void comeBack() {
        if (events && ids != null) {
            Objects.requireNonNull(outlet).send(ServerSentEvent.retry(RETRY_MILLIS));
            finish();
        }
    }

    private void emit(byte[] message, long sequence, boolean answer) {
        if (!open) {
            return;
        }
        delivered = Math.max(delivered, sequence);
        unprimed = false;
        if (events) {
            Objects.requireNonNull(outlet)
                    .send(ServerSentEvent.message(ids == null ? null : ids.next(sequence), message));
        } else if (answer) {
            collected.add(message);
        }
    }

    private void endIfDone() {
        if (begun && waiting.isEmpty() && open) {
            finish();
        }
    }

    /** Who waits for JSON text is told that there is none; a stream just ends. */
    private void giveUp() {
        if (!events) {
            waiting.values().forEach(id -> emit(sayings.error(id, NO_ANSWER), 0, true));
        }
    }

    private void finish() {
        if (!open) {
            return;
        }
        open = false;
        Outlet target = Objects.requireNonNull(outlet);
        if (!events) {
            target.send(together());
        }
        target.end();
    }

    private byte[] together() {
        if (!batch && collected.size() == 1) {
            return collected.get(0);
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write('[');
        for (int i = 0; i < collected.size(); i++) {
            if (i > 0) {
                all.write(',');
            }
            all.writeBytes(collected.get(i));
        }
        all.write(']');
        return all.toByteArray();
    }
}
