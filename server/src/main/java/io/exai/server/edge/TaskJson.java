package io.exai.server.edge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.json.MalformedJson;
import io.exai.protocol.json.WireJson;
import io.exai.server.change.TaskView;

/**
 * Tasks as the revisions write them.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2025-11-25/basic/utilities/tasks">MCP 2025-11-25, tasks</a>
 * @see <a href="https://modelcontextprotocol.io/seps/2663-tasks-extension">SEP-2663, tasks extension</a>
 */
final class TaskJson {
    private static final int POLL_MILLIS = 1_000;

    private TaskJson() {}

    /** Of 2025-11-25. */
    static ObjectNode legacy(TaskView task) {
        ObjectNode json = common(task).put("ttl", task.ttlMillis());
        return json.put("pollInterval", POLL_MILLIS);
    }

    /** Of 2026-07-28, without its outcome. */
    static ObjectNode created(TaskView task) {
        ObjectNode json = common(task).put("ttlMs", task.ttlMillis());
        return json.put("pollIntervalMs", POLL_MILLIS);
    }

    /** Of 2026-07-28, with what it waits for or came to. */
    static ObjectNode modern(TaskView task) {
        ObjectNode json = created(task);
        if (task.inputRequests() != null) {
            json.set("inputRequests", parse(task.inputRequests()));
        }
        if (task.result() != null) {
            JsonNode result = parse(task.result());
            if (result instanceof ObjectNode object && !object.has("resultType")) {
                object.put("resultType", "complete");
            }
            json.set("result", result);
        }
        if (task.error() != null) {
            json.set("error", parse(task.error()));
        }
        return json;
    }

    private static ObjectNode common(TaskView task) {
        ObjectNode json = WireJson.object().put("taskId", task.taskId()).put("status", task.status());
        if (task.message() != null) {
            json.put("statusMessage", task.message());
        }
        return json.put("createdAt", task.createdAt()).put("lastUpdatedAt", task.updatedAt());
    }

    static JsonNode parse(String text) {
        try {
            return WireJson.parse(text);
        } catch (MalformedJson broken) {
            throw new IllegalStateException(broken);
        }
    }
}
