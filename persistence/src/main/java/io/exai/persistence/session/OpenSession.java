package io.exai.persistence.session;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A session in use.
 *
 * @param principal who opened it; nobody else may attach
 * @param connection the attached connection, or the last one
 * @param attached whether that connection is there
 * @param running calls by request id, in order of acceptance
 * @param finished ended calls in order of their sequence, oldest first
 * @param acknowledged the client has all answers up to this sequence
 * @param nextSequence the sequence of the next ended call
 * @param lastActive when a client last did something
 * @param revision of MCP that the client last named; a client that resumes need not name it again
 * @param subscriptions URIs of resources whose changes the client wants to hear of
 * @param capabilities of the client, as JSON text; null before it says so
 * @param logLevel least level of the log messages that the client wants; null before it says so
 */
public record OpenSession(
        String principal,
        @Nullable String connection,
        @Nullable String client,
        boolean attached,
        Map<String, RunningCall> running,
        List<FinishedCall> finished,
        long acknowledged,
        long nextSequence,
        Instant openedAt,
        Instant lastActive,
        @Nullable String revision,
        List<String> subscriptions,
        @Nullable String logLevel,
        @Nullable String capabilities)
        implements SessionState {
    public OpenSession {
        subscriptions = Objects.requireNonNullElse(subscriptions, List.of());
    }

    /** How many answers the client already has are kept in case it asks again. */
    static final int KEEP_ACKNOWLEDGED = 64;

    /** How many answers may wait for an acknowledgement; of more, the oldest count as delivered. */
    static final int KEEP_WAITING = 256;

    /** How many answers of streams are kept for a client whose stream was cut. */
    static final int KEEP_STREAMED = 32;

    /** How many ended calls of all kinds are kept. */
    static final int KEEP_ALL = 512;

    static OpenSession begin(String principal, Instant at) {
        return new OpenSession(
                principal, null, null, false, Map.of(), List.of(), 0, 1, at, at, null, List.of(), null, null);
    }

    public Optional<FinishedCall> finishedCall(String requestId) {
        return finished.stream()
                .filter(call -> call.requestId().equals(requestId))
                .findFirst();
    }

    /** Answers the client may not have, oldest first. */
    public List<FinishedCall> outbox() {
        return finished.stream()
                .filter(call -> call.sequence() > acknowledged
                        && call.outcome() != CallOutcome.CANCELLED
                        && call.task() == null)
                .toList();
    }

    OpenSession touched(Instant at) {
        return with(running, finished, nextSequence, at);
    }

    /** Whoever resumes without introducing itself is taken for the client of before. */
    OpenSession attached(SessionEvent.ClientAttached by) {
        return new OpenSession(
                principal,
                by.connection(),
                by.client().isEmpty() ? client : by.client(),
                true,
                running,
                finished,
                acknowledged,
                nextSequence,
                openedAt,
                by.at(),
                by.revision().isEmpty() ? revision : by.revision(),
                subscriptions,
                logLevel,
                by.capabilities() == null ? capabilities : by.capabilities());
    }

    OpenSession detached(String oldConnection, long upTo, Instant at) {
        OpenSession here = acknowledged(upTo);
        return !oldConnection.equals(connection)
                ? here
                : new OpenSession(
                        principal,
                        connection,
                        client,
                        false,
                        running,
                        here.finished,
                        here.acknowledged,
                        nextSequence,
                        openedAt,
                        at,
                        revision,
                        subscriptions,
                        logLevel,
                        capabilities);
    }

    OpenSession accepted(SessionEvent.CallAccepted call) {
        Map<String, RunningCall> more = new LinkedHashMap<>(running);
        more.put(call.requestId(), RunningCall.of(call));
        OpenSession here = without(call.requestId()).acknowledged(call.acknowledged());
        return here.with(more, here.finished, nextSequence, call.at());
    }

    OpenSession repeated(String requestId, int attempt) {
        return changed(requestId, call -> call.again(attempt));
    }

    OpenSession finished(
            String requestId, @Nullable Payload answer, @Nullable Failure failure, CallOutcome outcome, Instant at) {
        RunningCall call = running.get(requestId);
        if (call == null) {
            return this;
        }
        List<FinishedCall> more = new ArrayList<>(finished);
        more.add(new FinishedCall(
                requestId,
                nextSequence,
                call.fingerprint(),
                call.revision(),
                call.attempt(),
                outcome,
                answer,
                failure,
                at,
                call.stream(),
                call.task()));
        return with(runningWithout(requestId), trimmed(more, acknowledged, at), nextSequence + 1, at);
    }

    OpenSession continued(String requestId, String context) {
        return changed(requestId, call -> call.continued(context));
    }

    OpenSession subscribed(List<String> uris) {
        return settings(List.copyOf(uris), logLevel);
    }

    OpenSession logging(String level) {
        return settings(subscriptions, level);
    }

    private OpenSession settings(List<String> uris, @Nullable String level) {
        return new OpenSession(
                principal,
                connection,
                client,
                attached,
                running,
                finished,
                acknowledged,
                nextSequence,
                openedAt,
                lastActive,
                revision,
                uris,
                level,
                capabilities);
    }

    OpenSession refused(String requestId, Instant at) {
        return with(runningWithout(requestId), finished, nextSequence, at);
    }

    OpenSession acknowledged(long upTo) {
        if (upTo <= acknowledged || upTo >= nextSequence) {
            return this;
        }
        return new OpenSession(
                principal,
                connection,
                client,
                attached,
                running,
                trimmed(finished, upTo, lastActive),
                upTo,
                nextSequence,
                openedAt,
                lastActive,
                revision,
                subscriptions,
                logLevel,
                capabilities);
    }

    private OpenSession without(String requestId) {
        return finishedCall(requestId).isEmpty()
                ? this
                : with(
                        running,
                        finished.stream()
                                .filter(call -> !call.requestId().equals(requestId))
                                .toList(),
                        nextSequence,
                        lastActive);
    }

    private OpenSession changed(String requestId, UnaryOperator<RunningCall> change) {
        RunningCall call = running.get(requestId);
        if (call == null) {
            return this;
        }
        Map<String, RunningCall> changed = new LinkedHashMap<>(running);
        changed.put(requestId, change.apply(call));
        return with(changed, finished, nextSequence, lastActive);
    }

    private Map<String, RunningCall> runningWithout(String requestId) {
        Map<String, RunningCall> fewer = new LinkedHashMap<>(running);
        fewer.remove(requestId);
        return fewer;
    }

    /** Streams and tasks are never acknowledged: of streams the latest are kept, of tasks those that live. */
    private static List<FinishedCall> trimmed(List<FinishedCall> calls, long acknowledged, Instant now) {
        int had = 0;
        int streamed = 0;
        int plain = 0;
        for (FinishedCall call : calls) {
            had += isPlain(call) && call.sequence() <= acknowledged ? 1 : 0;
            plain += isPlain(call) ? 1 : 0;
            streamed += call.stream() != null && call.task() == null ? 1 : 0;
        }
        int dropPlain = Math.max(Math.max(0, had - KEEP_ACKNOWLEDGED), plain - KEEP_WAITING);
        int dropStreamed = Math.max(0, streamed - KEEP_STREAMED);
        List<FinishedCall> kept = new ArrayList<>();
        for (FinishedCall call : calls) {
            if (call.task() != null) {
                if (!call.task().isOver(now)) {
                    kept.add(call);
                }
            } else if (isPlain(call) ? dropPlain-- <= 0 : dropStreamed-- <= 0) {
                kept.add(call);
            }
        }
        return List.copyOf(kept.subList(Math.max(0, kept.size() - KEEP_ALL), kept.size()));
    }

    private static boolean isPlain(FinishedCall call) {
        return call.stream() == null && call.task() == null;
    }

    private OpenSession with(
            Map<String, RunningCall> newRunning, List<FinishedCall> newFinished, long next, Instant active) {
        return new OpenSession(
                principal,
                connection,
                client,
                attached,
                newRunning,
                newFinished,
                acknowledged,
                next,
                openedAt,
                active,
                revision,
                subscriptions,
                logLevel,
                capabilities);
    }
}
