package io.exai.server.session;

import io.exai.persistence.session.Failure;
import io.exai.persistence.session.FinishedCall;
import io.exai.persistence.session.OpenSession;
import io.exai.persistence.session.Payload;
import io.exai.persistence.session.RunningCall;
import io.exai.persistence.session.TaskTerms;
import io.exai.protocol.json.WireJson;
import io.exai.protocol.jsonrpc.RpcError;
import io.exai.server.change.Change;
import io.exai.server.change.TaskView;
import io.exai.server.session.SessionSignal.TaskRead;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.jspecify.annotations.Nullable;

/** The calls of a session that are tasks: how they stand, and who waits for them. */
final class Tasks {
    private static final String UNREADABLE = "the outcome is stored but could not be read back";

    private final SessionParts parts;
    private final ActorContext<SessionCommand> context;
    private final Rounds rounds;
    private final Contents contents;
    private final Map<String, Set<ActorRef<TaskReply>>> waiting = new HashMap<>();
    private final Map<String, ActorRef<ToClient>> followers = new HashMap<>();

    Tasks(SessionParts parts, ActorContext<SessionCommand> context, Rounds rounds, Contents contents) {
        this.parts = parts;
        this.context = context;
        this.rounds = rounds;
        this.contents = contents;
    }

    boolean isTask(OpenSession open, String requestId) {
        return terms(open, requestId).isPresent();
    }

    /** Tells the client that its call is a task, if it is one. */
    void started(OpenSession open, Calls.Entry call) {
        if (isTask(open, call.requestId())) {
            view(open, call.requestId())
                    .ifPresent(task ->
                            call.replyTo().tell(new ToClient.TaskStarted(call.requestId(), call.revision(), task)));
        }
    }

    /** Tells everybody who wants to know that a task has another status, if the call is one. */
    void changed(OpenSession open, String requestId) {
        if (!isTask(open, requestId)) {
            return;
        }
        view(open, requestId).ifPresent(task -> {
            parts.tools().announcer().accept(new Change.Task(open.principal(), task));
            if (task.isOver()) {
                followers.remove(requestId);
                Set<ActorRef<TaskReply>> waiters = waiting.remove(task.taskId());
                if (waiters != null) {
                    waiters.forEach(waiter -> reply(open, requestId, waiter));
                }
            }
        });
    }

    /** The request that a task began with; empty when the task is over its time or was never there. */
    Optional<String> requestOf(OpenSession open, String taskId) {
        Instant now = parts.clock().instant();
        return Stream.concat(
                        open.running().values().stream()
                                .filter(call -> isTask(call.task(), taskId, now))
                                .map(RunningCall::requestId),
                        open.finished().stream()
                                .filter(call -> isTask(call.task(), taskId, now))
                                .map(FinishedCall::requestId))
                .findFirst();
    }

    private static boolean isTask(@Nullable TaskTerms terms, String taskId, Instant now) {
        return terms != null && terms.taskId().equals(taskId) && !terms.isOver(now);
    }

    /** Tells how a task stands, with its outcome, which may have to be read first. */
    void reply(OpenSession open, String requestId, ActorRef<TaskReply> replyTo) {
        Optional<TaskView> view = view(open, requestId);
        if (view.isEmpty()) {
            replyTo.tell(new TaskReply.NotFound());
            return;
        }
        TaskView task = view.get();
        Payload stored = open.finishedCall(requestId)
                .map(FinishedCall::answer)
                .filter(answer -> answer.inline() == null)
                .orElse(null);
        if (stored == null) {
            replyTo.tell(new TaskReply.Found(task));
            return;
        }
        context.pipeToSelf(
                contents.read(stored),
                (text, failure) -> new TaskRead(
                        failure == null ? task.completed(text) : failed(task, UNREADABLE, UNREADABLE), replyTo));
    }

    /** Answers when the task is over. */
    void await(OpenSession open, String requestId, String taskId, ActorRef<TaskReply> replyTo) {
        if (open.running().containsKey(requestId)) {
            waiting.computeIfAbsent(taskId, none -> new LinkedHashSet<>()).add(replyTo);
        } else {
            reply(open, requestId, replyTo);
        }
    }

    /** From now on the client is asked there for what the task wants to know. */
    void follow(String requestId, ActorRef<ToClient> listener) {
        followers.put(requestId, listener);
    }

    /** Who is asked for what the call wants to know, if it is a task that somebody follows. */
    Optional<ActorRef<ToClient>> follower(String requestId) {
        return Optional.ofNullable(followers.get(requestId));
    }

    /** Tells everybody who waits that there is nothing to wait for any more. */
    void forgetAll() {
        waiting.values().forEach(waiters -> waiters.forEach(waiter -> waiter.tell(new TaskReply.NotFound())));
        waiting.clear();
    }

    List<TaskView> all(OpenSession open) {
        Instant now = parts.clock().instant();
        return Stream.concat(open.finished().stream().map(FinishedCall::requestId), open.running().keySet().stream())
                .filter(requestId -> terms(open, requestId)
                        .filter(terms -> !terms.isOver(now))
                        .isPresent())
                .sorted(Comparator.comparing(
                        requestId -> terms(open, requestId).orElseThrow().createdAt()))
                .flatMap(requestId -> view(open, requestId).stream())
                .map(TaskView::bare)
                .toList();
    }

    private static Optional<TaskTerms> terms(OpenSession open, String requestId) {
        RunningCall running = open.running().get(requestId);
        return running != null
                ? Optional.ofNullable(running.task())
                : open.finishedCall(requestId).map(FinishedCall::task);
    }

    private Optional<TaskView> view(OpenSession open, String requestId) {
        RunningCall running = open.running().get(requestId);
        if (running != null && running.task() != null) {
            return Optional.of(view(running, running.task()));
        }
        return open.finishedCall(requestId)
                .filter(call -> call.task() != null)
                .map(call -> view(call, Objects.requireNonNull(call.task())));
    }

    private TaskView view(RunningCall call, TaskTerms terms) {
        String wanted = rounds.find(call.requestId())
                .map(round -> WireJson.write(round.wanted()))
                .orElse(null);
        String status = wanted == null ? "working" : "input_required";
        return view(terms, status, parts.clock().instant(), wanted);
    }

    private static TaskView view(FinishedCall call, TaskTerms terms) {
        String inline = call.answer() == null ? null : call.answer().inline();
        return switch (call.outcome()) {
            case ANSWERED -> view(terms, "completed", call.at(), null).completed(inline);
            case CANCELLED -> view(terms, "cancelled", call.at(), null);
            case REJECTED -> view(terms, "failed", call.at(), null).failed(null, inline);
            case FAILED -> failed(view(terms, "failed", call.at(), null), Objects.requireNonNull(call.failure()));
        };
    }

    private static TaskView view(TaskTerms terms, String status, Instant updatedAt, @Nullable String wanted) {
        return new TaskView(
                terms.taskId(),
                status,
                null,
                terms.createdAt().toString(),
                updatedAt.toString(),
                terms.ttlMillis(),
                wanted,
                null,
                null);
    }

    private static TaskView failed(TaskView task, Failure failure) {
        return failed(task, failure.message(), failure.code() + ": " + failure.message());
    }

    private static TaskView failed(TaskView task, String why, String message) {
        RpcError error = RpcError.of(RpcError.INTERNAL_ERROR, message);
        return task.failed(why, WireJson.write(error.toJson()));
    }
}
