package io.exai.server.wire;

import com.fasterxml.jackson.databind.JsonNode;
import io.exai.protocol.mcp.Meta;
import java.util.Map;

/** One request of a client, and of what kind its result has to be. */
record Question(String method, boolean wantsTask, boolean isModern) {
    static final Question UNSEEN = new Question("", false, false);

    private static final String ANY = "Result";
    private static final Map<String, String> RESULTS = Map.ofEntries(
            Map.entry("initialize", "InitializeResult"),
            Map.entry("ping", "EmptyResult"),
            Map.entry("server/discover", "DiscoverResult"),
            Map.entry("subscriptions/listen", "SubscriptionsListenResult"),
            Map.entry("tools/list", "ListToolsResult"),
            Map.entry("tools/call", "CallToolResult"),
            Map.entry("resources/list", "ListResourcesResult"),
            Map.entry("resources/templates/list", "ListResourceTemplatesResult"),
            Map.entry("resources/read", "ReadResourceResult"),
            Map.entry("resources/subscribe", "EmptyResult"),
            Map.entry("resources/unsubscribe", "EmptyResult"),
            Map.entry("prompts/list", "ListPromptsResult"),
            Map.entry("prompts/get", "GetPromptResult"),
            Map.entry("completion/complete", "CompleteResult"),
            Map.entry("logging/setLevel", "EmptyResult"),
            Map.entry("tasks/get", "GetTaskResult"),
            Map.entry("tasks/result", "CallToolResult"),
            Map.entry("tasks/list", "ListTasksResult"),
            Map.entry("tasks/cancel", "CancelTaskResult"));

    static Question of(JsonNode request) {
        JsonNode params = request.path("params");
        return new Question(
                request.path("method").asText(),
                params.has("task"),
                params.path(Meta.FIELD).has(Meta.PROTOCOL_VERSION));
    }

    /** The definition that its result has in a schema; tasks of 2026-07-28 are an extension, with no schema of its own. */
    String kind(WireSchema schema, JsonNode result) {
        String kind = switch (result.path("resultType").asText()) {
            case "input_required" -> "InputRequiredResult";
            case "task" -> ANY;
            default -> wantsTask && result.has("task") ? "CreateTaskResult" : RESULTS.getOrDefault(method, ANY);
        };
        return schema.defines(kind) ? kind : ANY;
    }
}
