package io.exai.persistence.session;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        @Nullable String revision)
        implements SessionState {
    /** How many answers the client already has are kept in case it asks again. */
    static final int KEEP_ACKNOWLEDGED = 16;

    /** How many answers may wait for an acknowledgement; of more, the oldest count as delivered. */
    static final int KEEP_WAITING = 256;

    static OpenSession begin(String principal, Instant at) {
        return new OpenSession(principal, null, null, false, Map.of(), List.of(), 0, 1, at, at, null);
    }

    public Optional<FinishedCall> finishedCall(String requestId) {
        return finished.stream()
                .filter(call -> call.requestId().equals(requestId))
                .findFirst();
    }

    /** Answers the client may not have, oldest first. */
    public List<FinishedCall> outbox() {
        return finished.stream()
                .filter(call -> call.sequence() > acknowledged && call.outcome() != CallOutcome.CANCELLED)
                .toList();
    }

    OpenSession touched(Instant at) {
        return with(running, finished, nextSequence, at);
    }

    /** Whoever resumes without introducing itself is taken for the client of before. */
    OpenSession attached(String newConnection, String newClient, String newRevision, Instant at) {
        return new OpenSession(
                principal,
                newConnection,
                newClient.isEmpty() ? client : newClient,
                true,
                running,
                finished,
                acknowledged,
                nextSequence,
                openedAt,
                at,
                newRevision.isEmpty() ? revision : newRevision);
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
                        revision);
    }

    OpenSession accepted(SessionEvent.CallAccepted call) {
        Map<String, RunningCall> more = new LinkedHashMap<>(running);
        more.put(call.requestId(), RunningCall.of(call));
        OpenSession here = without(call.requestId()).acknowledged(call.acknowledged());
        return here.with(more, here.finished, nextSequence, call.at());
    }

    OpenSession repeated(String requestId, int attempt) {
        RunningCall call = running.get(requestId);
        if (call == null) {
            return this;
        }
        Map<String, RunningCall> changed = new LinkedHashMap<>(running);
        changed.put(requestId, call.again(attempt));
        return with(changed, finished, nextSequence, lastActive);
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
                at));
        return with(runningWithout(requestId), trimmed(more, acknowledged), nextSequence + 1, at);
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
                trimmed(finished, upTo),
                upTo,
                nextSequence,
                openedAt,
                lastActive,
                revision);
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

    private Map<String, RunningCall> runningWithout(String requestId) {
        Map<String, RunningCall> fewer = new LinkedHashMap<>(running);
        fewer.remove(requestId);
        return fewer;
    }

    private static List<FinishedCall> trimmed(List<FinishedCall> calls, long acknowledged) {
        int had = 0;
        while (had < calls.size() && calls.get(had).sequence() <= acknowledged) {
            had++;
        }
        int drop = Math.max(Math.max(0, had - KEEP_ACKNOWLEDGED), calls.size() - KEEP_WAITING);
        return drop == 0 ? List.copyOf(calls) : List.copyOf(calls.subList(drop, calls.size()));
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
                revision);
    }
}
