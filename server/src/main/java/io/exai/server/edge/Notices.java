package io.exai.server.edge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.json.WireJson;
import io.exai.protocol.jsonrpc.RequestId;
import io.exai.protocol.mcp.Meta;
import io.exai.server.change.Change;
import io.exai.server.change.TaskView;
import io.exai.server.session.SessionKey;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which changes one client hears of, and in which words. */
final class Notices {
    private final String principal;
    private final String sessionKey;
    private final @Nullable RequestId subscription;
    private final ObjectNode wanted;
    private final Set<String> resources = new HashSet<>();
    private final Set<String> tasks = new HashSet<>();

    /** A notification to send. */
    record Notice(String method, ObjectNode params) {}

    private Notices(String principal, String sessionKey, @Nullable RequestId subscription, ObjectNode wanted) {
        this.principal = principal;
        this.sessionKey = sessionKey;
        this.subscription = subscription;
        this.wanted = wanted;
    }

    /** Of a legacy client: all lists, and the resources it subscribes to. */
    static Notices legacy(String principal, String sessionId, List<String> subscriptions) {
        Notices notices = new Notices(
                principal,
                SessionKey.of(sessionId),
                null,
                WireJson.object()
                        .put("toolsListChanged", true)
                        .put("promptsListChanged", true)
                        .put("resourcesListChanged", true));
        notices.resources.addAll(subscriptions);
        return notices;
    }

    /** Of one {@code subscriptions/listen} of a modern client: exactly what it asks for. */
    static Notices modern(String principal, RequestId id, JsonNode asked, boolean knowsTasks) {
        ObjectNode honoured = WireJson.object();
        for (String list : List.of("toolsListChanged", "promptsListChanged", "resourcesListChanged")) {
            if (asked.path(list).asBoolean(false)) {
                honoured.put(list, true);
            }
        }
        Notices notices = new Notices(principal, "", id, honoured);
        if (asked.path("resourceSubscriptions").isArray()) {
            var uris = honoured.putArray("resourceSubscriptions");
            asked.path("resourceSubscriptions").forEach(uri -> {
                uris.add(uri.asText());
                notices.resources.add(uri.asText());
            });
        }
        if (knowsTasks && asked.path("taskIds").isArray()) {
            var ids = honoured.putArray("taskIds");
            asked.path("taskIds").forEach(task -> {
                ids.add(task.asText());
                notices.tasks.add(task.asText());
            });
        }
        return notices;
    }

    /** What a subscription begins with. */
    Notice acknowledged() {
        ObjectNode params = params();
        params.set("notifications", wanted);
        return new Notice("notifications/subscriptions/acknowledged", params);
    }

    /** The result that a subscription ends with, when the daemon ends it. */
    ObjectNode ended() {
        return params();
    }

    /** What the client is to be told of a change; news of its own subscriptions are kept in mind. */
    Optional<Notice> of(Change change) {
        if (change instanceof Change.Subscription own && own.sessionKey().equals(sessionKey)) {
            if (own.wanted()) {
                resources.add(own.uri());
            } else {
                resources.remove(own.uri());
            }
            return Optional.empty();
        }
        if (change instanceof Change.Tools) {
            return list("toolsListChanged", "notifications/tools/list_changed");
        } else if (change instanceof Change.Prompts) {
            return list("promptsListChanged", "notifications/prompts/list_changed");
        } else if (change instanceof Change.Resources) {
            return list("resourcesListChanged", "notifications/resources/list_changed");
        } else if (change instanceof Change.Resource resource) {
            return resources.contains(resource.uri())
                    ? Optional.of(new Notice("notifications/resources/updated", params().put("uri", resource.uri())))
                    : Optional.empty();
        }
        return change instanceof Change.Task task && task.principal().equals(principal)
                ? of(task.task())
                : Optional.empty();
    }

    /** A modern client hears of the tasks it names, a legacy one of all tasks of its session. */
    private Optional<Notice> of(TaskView task) {
        if (subscription != null) {
            return tasks.contains(task.taskId())
                    ? Optional.of(new Notice("notifications/tasks", params().setAll(TaskJson.modern(task))))
                    : Optional.empty();
        }
        return TaskIds.owner(task.taskId())
                .filter(sessionKey::equals)
                .map(own -> new Notice("notifications/tasks/status", params().setAll(TaskJson.legacy(task))));
    }

    private Optional<Notice> list(String field, String method) {
        return wanted.path(field).asBoolean(false) ? Optional.of(new Notice(method, params())) : Optional.empty();
    }

    private ObjectNode params() {
        ObjectNode params = WireJson.object();
        if (subscription != null) {
            params.putObject(Meta.FIELD).set(Meta.SUBSCRIPTION_ID, TaskJson.parse(subscription.json()));
        }
        return params;
    }
}
