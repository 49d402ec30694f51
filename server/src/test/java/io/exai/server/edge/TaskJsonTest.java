package io.exai.server.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.json.WireJson;
import io.exai.protocol.mcp.Revision;
import io.exai.server.change.TaskView;
import io.exai.server.wire.WireSchema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaskJsonTest {
    @ParameterizedTest
    @ValueSource(strings = {"working", "input_required", "completed", "failed", "cancelled"})
    void isATaskOf2025(String status) {
        ObjectNode json = TaskJson.legacy(task(status, "half way", null, null, null));

        WireSchema.of(Revision.R2025_11_25).check("Task", json);
        assertThat(json.path("ttl").asLong()).isEqualTo(60_000);
        assertThat(json.path("pollInterval").asLong()).isPositive();
        assertThat(json.path("statusMessage").asText()).isEqualTo("half way");
    }

    @Test
    void namesItsTimesWithTheirUnitIn2026() {
        ObjectNode json = TaskJson.created(task("working", null, null, null, null));

        assertThat(json)
                .hasToString("{\"taskId\":\"t\",\"status\":\"working\",\"createdAt\":\"2026-01-01T00:00:00Z\","
                        + "\"lastUpdatedAt\":\"2026-01-01T00:00:01Z\",\"ttlMs\":60000,\"pollIntervalMs\":1000}");
    }

    @Test
    void tellsInTheBeginningNothingOfTheOutcome() {
        ObjectNode json = TaskJson.created(task("completed", null, "{}", "{}", "{}"));

        assertThat(json.fieldNames()).toIterable().doesNotContain("inputRequests", "result", "error");
    }

    @Test
    void tellsWhatItWaitsFor() throws Exception {
        ObjectNode json =
                TaskJson.modern(task("input_required", null, "{\"a\":{\"method\":\"roots/list\"}}", null, null));

        assertThat(json.path("inputRequests")).isEqualTo(WireJson.parse("{\"a\":{\"method\":\"roots/list\"}}"));
    }

    @Test
    void completesAResultThatDoesNotSayWhatItIs() {
        ObjectNode json = TaskJson.modern(task("completed", null, null, "{\"content\":[]}", null));

        assertThat(json.path("result").path("resultType").asText()).isEqualTo("complete");
        WireSchema.of(Revision.R2026_07_28).check("CallToolResult", json.path("result"));
    }

    @Test
    void leavesAResultAsItIsThatSaysWhatItIs() {
        ObjectNode json = TaskJson.modern(task("completed", null, null, "{\"resultType\":\"other\"}", null));

        assertThat(json.path("result").path("resultType").asText()).isEqualTo("other");
    }

    @Test
    void tellsWhyItFailed() {
        ObjectNode json = TaskJson.modern(task("failed", "broken", null, null, "{\"code\":-32603,\"message\":\"m\"}"));

        assertThat(json.path("error").path("code").asInt()).isEqualTo(-32603);
        assertThat(json.path("statusMessage").asText()).isEqualTo("broken");
        assertThat(json.has("result")).isFalse();
    }

    @Test
    void failsOnTextThatNobodyOfUsWrote() {
        assertThatThrownBy(() -> TaskJson.parse("{")).isInstanceOf(IllegalStateException.class);
    }

    private static TaskView task(
            String status,
            @Nullable String message,
            @Nullable String inputRequests,
            @Nullable String result,
            @Nullable String error) {
        return new TaskView(
                "t",
                status,
                message,
                "2026-01-01T00:00:00Z",
                "2026-01-01T00:00:01Z",
                60_000,
                inputRequests,
                result,
                error);
    }
}
