package io.exai.server.edge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.json.WireJson;
import io.exai.protocol.jsonrpc.RpcError;
import io.exai.protocol.mcp.Era;
import io.exai.protocol.mcp.LogLevel;
import io.exai.protocol.mcp.Meta;
import io.exai.protocol.mcp.Methods;
import io.exai.server.change.Change;
import io.exai.server.feature.Answer;
import io.exai.server.feature.Asker;
import io.exai.server.session.SessionCommand;
import io.exai.server.session.SessionCommand.Known;
import io.exai.server.session.SessionKey;
import io.exai.server.session.TaskAction;
import io.exai.server.session.TaskReply;
import io.exai.server.session.ToClient;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;

/** Answers requests that are no tool calls and open no stream, whatever the transport. */
final class Requests {
    private static final Duration RESULT_PATIENCE = Duration.ofHours(24);
    private static final Set<String> OF_SESSION = Set.of(
            Methods.SET_LEVEL,
            Methods.RESOURCES_SUBSCRIBE,
            Methods.RESOURCES_UNSUBSCRIBE,
            Methods.TASKS_GET,
            Methods.TASKS_RESULT,
            Methods.TASKS_LIST,
            Methods.TASKS_UPDATE,
            Methods.TASKS_CANCEL);

    private final EdgeParts parts;

    Requests(EdgeParts parts) {
        this.parts = parts;
    }

    boolean serves(String method) {
        return OF_SESSION.contains(method) || parts.features().serves(method);
    }

    /** The answer, or why there is none; never fails. {@code sessionId} is the legacy client's session. */
    CompletionStage<Answer> answer(String method, ObjectNode params, Asker asker, String sessionId) {
        if (!OF_SESSION.contains(method)) {
            return parts.features()
                    .ask(method, params, asker)
                    .orElseGet(() -> done(parts.features().answer(method, params, asker)));
        }
        return switch (method) {
            case Methods.SET_LEVEL -> setLogLevel(params, asker, sessionId);
            case Methods.RESOURCES_SUBSCRIBE -> subscribe(params, asker, sessionId, true);
            case Methods.RESOURCES_UNSUBSCRIBE -> subscribe(params, asker, sessionId, false);
            case Methods.TASKS_LIST -> listTasks(asker, sessionId);
            default -> onTask(method, params, asker);
        };
    }

    private CompletionStage<Answer> setLogLevel(ObjectNode params, Asker asker, String sessionId) {
        JsonNode level = params.path("level");
        if (!level.isTextual() || !LogLevel.isKnown(level.textValue())) {
            return refused("level: " + Shown.of(level) + " (expected: one of " + String.join(", ", LogLevel.ALL) + ")");
        }
        return known(
                sessionId,
                replyTo -> new SessionCommand.SetLogLevel(asker.principal(), level.textValue(), replyTo),
                "session not found");
    }

    private CompletionStage<Answer> subscribe(ObjectNode params, Asker asker, String sessionId, boolean wanted) {
        JsonNode uri = params.path("uri");
        if (!uri.isTextual() || uri.textValue().isEmpty() || uri.textValue().length() > 2_000) {
            return refused("uri: " + Shown.of(uri) + " (expected: the URI of a resource)");
        }
        return known(
                        sessionId,
                        replyTo -> new SessionCommand.Subscribe(asker.principal(), uri.textValue(), wanted, replyTo),
                        "too many subscriptions (expected: at most 1000 in a session)")
                .thenApplyAsync(
                        answer -> {
                            if (answer instanceof Answer.Result) {
                                parts.changes()
                                        .announce(new Change.Subscription(
                                                SessionKey.of(sessionId), uri.textValue(), wanted));
                            }
                            return answer;
                        },
                        parts.executor());
    }

    private CompletionStage<Answer> known(
            String sessionId, Function<ActorRef<Known>, SessionCommand> question, String otherwise) {
        return parts.sessions()
                .ask(sessionId, Known.class, SessionGate.PATIENCE, question)
                .handleAsync(
                        (known, failure) -> failure != null
                                ? late()
                                : known.known()
                                        ? new Answer.Result(WireJson.object())
                                        : new Answer.Refused(RpcError.of(RpcError.INVALID_PARAMS, otherwise)),
                        parts.executor());
    }

    private CompletionStage<Answer> listTasks(Asker asker, String sessionId) {
        return parts.sessions()
                .ask(
                        sessionId,
                        TaskReply.class,
                        SessionGate.PATIENCE,
                        replyTo -> new SessionCommand.ListTasks(asker.principal(), replyTo))
                .handleAsync(
                        (reply, failure) -> {
                            if (failure != null) {
                                return late();
                            }
                            ObjectNode result = WireJson.object();
                            var list = result.putArray("tasks");
                            if (reply instanceof TaskReply.Listed listed) {
                                listed.tasks().forEach(task -> list.add(TaskJson.legacy(task)));
                            }
                            return new Answer.Result(result);
                        },
                        parts.executor());
    }

    /** Has the task that a legacy client waits for ask it there, on the response that its outcome will come on. */
    void follow(ObjectNode params, Asker asker, ActorRef<ToClient> listener) {
        String taskId = params.path("taskId").asText("");
        TaskIds.owner(taskId)
                .ifPresent(owner -> parts.sessions()
                        .askOwner(
                                owner,
                                TaskReply.class,
                                SessionGate.PATIENCE,
                                replyTo -> new SessionCommand.OnTask(
                                        asker.principal(), taskId, new TaskAction.Follow(listener), replyTo)));
    }

    private CompletionStage<Answer> onTask(String method, ObjectNode params, Asker asker) {
        boolean modern = asker.revision().era() == Era.MODERN;
        if (modern && !CallRequest.knowsTasks(asker.capabilities())) {
            return done(new Answer.Refused(CallRequest.missing(CallRequest.TASKS_WANTED)));
        }
        String taskId = params.path("taskId").asText("");
        Optional<String> owner = TaskIds.owner(taskId);
        if (owner.isEmpty()) {
            return done(noTask(taskId));
        }
        if (method.equals(Methods.TASKS_UPDATE)
                && !params.path("inputResponses").isObject()) {
            return refused("inputResponses: " + Shown.of(params.path("inputResponses")) + " (expected: an object)");
        }
        TaskAction action = switch (method) {
            case Methods.TASKS_CANCEL -> new TaskAction.Cancel();
            case Methods.TASKS_UPDATE -> new TaskAction.Update(WireJson.write(params.path("inputResponses")));
            case Methods.TASKS_RESULT -> new TaskAction.AwaitResult();
            default -> new TaskAction.Get();
        };
        return parts.sessions()
                .askOwner(
                        owner.get(),
                        TaskReply.class,
                        action instanceof TaskAction.AwaitResult ? RESULT_PATIENCE : SessionGate.PATIENCE,
                        replyTo -> new SessionCommand.OnTask(asker.principal(), taskId, action, replyTo))
                .handleAsync(
                        (reply, failure) -> failure != null ? late() : answer(reply, method, modern, taskId),
                        parts.executor());
    }

    private static Answer answer(TaskReply reply, String method, boolean modern, String taskId) {
        boolean acknowledged = modern && !method.equals(Methods.TASKS_GET);
        if (reply instanceof TaskReply.Found found) {
            if (acknowledged) {
                return new Answer.Result(WireJson.object());
            }
            return method.equals(Methods.TASKS_RESULT)
                    ? outcome(found, taskId)
                    : new Answer.Result(modern ? TaskJson.modern(found.task()) : TaskJson.legacy(found.task()));
        } else if (reply instanceof TaskReply.Unfit unfit) {
            return acknowledged
                    ? new Answer.Result(WireJson.object())
                    : new Answer.Refused(RpcError.of(RpcError.INVALID_PARAMS, unfit.why()));
        }
        return noTask(taskId);
    }

    /** What the call itself would have been answered with. */
    private static Answer outcome(TaskReply.Found found, String taskId) {
        if (found.task().result() != null && TaskJson.parse(found.task().result()) instanceof ObjectNode result) {
            result.withObject("/" + Meta.FIELD).putObject(Meta.RELATED_TASK).put("taskId", taskId);
            return new Answer.Result(result);
        }
        if (found.task().error() != null) {
            return new Answer.Refused(RpcError.read(TaskJson.parse(found.task().error())));
        }
        return new Answer.Refused(RpcError.of(RpcError.INVALID_PARAMS, "the task was cancelled: it has no result"));
    }

    private static Answer noTask(String taskId) {
        return new Answer.Refused(RpcError.of(
                RpcError.INVALID_PARAMS, "taskId: " + Shown.of(taskId) + " (expected: a task of yours that lives)"));
    }

    private static Answer late() {
        return new Answer.Refused(RpcError.of(RpcError.INTERNAL_ERROR, "the session does not answer; try again soon"));
    }

    private static CompletionStage<Answer> refused(String why) {
        return done(new Answer.Refused(RpcError.of(RpcError.INVALID_PARAMS, why)));
    }

    private static CompletionStage<Answer> done(Answer answer) {
        return CompletableFuture.completedFuture(answer);
    }
}
