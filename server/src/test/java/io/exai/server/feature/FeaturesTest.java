package io.exai.server.feature;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.exai.protocol.jsonrpc.RpcError;
import io.exai.protocol.mcp.Era;
import io.exai.protocol.mcp.Revision;
import io.exai.server.wire.WireSchema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Lists, discovery and capabilities in every revision, each answer held against the revision's schema. */
class FeaturesTest {
    private final FeatureFixture test = FeatureFixture.paged(100);

    @ParameterizedTest
    @EnumSource(Revision.class)
    void listsTools(Revision revision) {
        JsonNode result = checked(revision, "tools/list", "{}", "ListToolsResult");
        JsonNode status = find(result.path("tools"), "name", "status");
        assertThat(status.has("outputSchema")).isEqualTo(revision.compareTo(Revision.R2025_06_18) >= 0);
        assertThat(status.has("execution")).isEqualTo(revision == Revision.R2025_11_25);
        assertThat(status.path("annotations").has("idempotentHint"))
                .isEqualTo(revision.compareTo(Revision.R2025_03_26) >= 0);
        assertThat(result.path("tools"))
                .extracting(tool -> tool.path("name").asText())
                .isSorted();
    }

    @Test
    void tellsWhichToolsMayBeTasks() {
        JsonNode tools = test.result(Revision.R2025_11_25, "tools/list", "{}").path("tools");
        assertThat(find(tools, "name", "chat")
                        .path("execution")
                        .path("taskSupport")
                        .asText())
                .isEqualTo("optional");
        assertThat(find(tools, "name", "status")
                        .path("execution")
                        .path("taskSupport")
                        .asText())
                .isEqualTo("forbidden");
    }

    @ParameterizedTest
    @EnumSource(Revision.class)
    void listsPromptsResourcesAndTemplates(Revision revision) {
        assertThat(checked(revision, "prompts/list", "{}", "ListPromptsResult").path("prompts"))
                .hasSize(10);
        assertThat(checked(revision, "resources/list", "{}", "ListResourcesResult")
                        .path("resources"))
                .hasSize(4);
        assertThat(checked(revision, "resources/templates/list", "{}", "ListResourceTemplatesResult")
                        .path("resourceTemplates"))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "tools/list,               tools",
        "prompts/list,             prompts",
        "resources/list,           resources",
        "resources/templates/list, resourceTemplates",
    })
    void saysOfListsHowLongTheyHold(String method, String list) {
        JsonNode modern = test.result(Revision.R2026_07_28, method, "{}");
        assertThat(modern.path("ttlMs").isIntegralNumber()).isTrue();
        assertThat(modern.path("cacheScope").asText()).isEqualTo("public");
        assertThat(modern.path("resultType").asText()).isEqualTo("complete");
        JsonNode legacy = test.result(Revision.R2025_11_25, method, "{}");
        assertThat(legacy.fieldNames()).toIterable().containsExactly(list);
    }

    @Test
    void answersDiscoverAndPing() {
        JsonNode result = checked(Revision.R2026_07_28, "server/discover", "{}", "DiscoverResult");
        assertThat(result.path("supportedVersions").toString()).isEqualTo("[\"2026-07-28\"]");
        assertThat(result.path("capabilities").path("extensions").fieldNames())
                .toIterable()
                .containsExactly("io.modelcontextprotocol/tasks", "io.exai/durable-session");
        assertThat(test.result(Revision.R2024_11_05, "ping", "{}").isEmpty()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Revision.class)
    void tellsItsCapabilities(Revision revision) {
        JsonNode capabilities = test.features.capabilities(revision);
        WireSchema.of(revision).check("ServerCapabilities", capabilities);
        assertThat(capabilities.has("tasks")).isEqualTo(revision == Revision.R2025_11_25);
        assertThat(capabilities.has("completions")).isEqualTo(revision != Revision.R2024_11_05);
        assertThat(capabilities.has("extensions")).isEqualTo(revision.era() == Era.MODERN);
        assertThat(capabilities.path("tools").path("listChanged").asBoolean()).isTrue();
        assertThat(capabilities.path("resources").path("subscribe").asBoolean()).isTrue();
    }

    @Test
    void leavesCallsAndSubscriptionsToOthers() {
        for (String method : new String[] {"tools/call", "resources/subscribe", "tasks/get", "logging/setLevel"}) {
            assertThat(test.features.serves(method)).as(method).isFalse();
        }
    }

    @Test
    void refusesParametersOfTheWrongType() {
        assertRefused("resources/read", "{\"uri\":7}", "uri: 7 (expected: a text)");
        assertRefused("prompts/get", "{}", "name: missing (expected: a text)");
        assertRefused("completion/complete", "{\"ref\":{}}", "argument.name: missing (expected: a text)");
    }

    private void assertRefused(String method, String params, String message) {
        RpcError error = test.refusal(Revision.R2025_11_25, method, params);
        assertThat(error.code()).isEqualTo(RpcError.INVALID_PARAMS);
        assertThat(error.message()).isEqualTo(message);
    }

    private JsonNode checked(Revision revision, String method, String params, String kind) {
        JsonNode result = test.result(revision, method, params);
        WireSchema.of(revision).check(kind, result);
        return result;
    }

    private static JsonNode find(JsonNode list, String field, String value) {
        for (JsonNode item : list) {
            if (item.path(field).asText().equals(value)) {
                return item;
            }
        }
        throw new AssertionError(value + " is not in " + list);
    }
}
