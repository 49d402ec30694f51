package io.exai.protocol.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.json.MalformedJson;
import io.exai.protocol.json.WireJson;
import io.exai.protocol.jsonrpc.RequestId;
import io.exai.protocol.jsonrpc.RpcError;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every message in every revision that has it, held against the schema which that revision publishes. */
class ServerMessagesTest {
    private static final RequestId ID = new RequestId("0");
    private static final ObjectNode CAPABILITIES = WireJson.object().set("logging", WireJson.object());

    private final ServerMessages messages = new ServerMessages(new ServerIdentity("0.1.0", "Ask chat."));

    @ParameterizedTest
    @EnumSource(
            value = Revision.class,
            names = {"R2024_11_05", "R2025_03_26", "R2025_06_18", "R2025_11_25"})
    void answersInitialize(Revision revision) {
        for (boolean resumed : new boolean[] {false, true}) {
            JsonNode result = result(messages.initialized(ID, revision, "session-1", resumed, CAPABILITIES), revision);
            assertValid(revision, "InitializeResult", result);
            assertThat(result.path("protocolVersion").asText()).isEqualTo(revision.wireName());
            assertThat(result.path("_meta").path(Meta.SESSION_ID).asText()).isEqualTo("session-1");
            assertThat(result.path("_meta").path(Meta.RESUMED).asBoolean()).isEqualTo(resumed);
            assertThat(result.path("serverInfo").has("title")).isEqualTo(revision.compareTo(Revision.R2025_06_18) >= 0);
        }
    }

    @Test
    void answersDiscover() {
        Revision revision = Revision.R2026_07_28;
        JsonNode result = result(messages.discovered(ID, revision, "session-1", CAPABILITIES), revision);
        assertValid(revision, "DiscoverResult", result);
        assertThat(result.path("supportedVersions").toString()).isEqualTo("[\"2026-07-28\"]");
        assertThat(result.path("_meta").path(Meta.SERVER_INFO).path("name").asText())
                .isEqualTo("exai");
    }

    @Test
    void tellsNoSessionWhereThereIsNone() {
        JsonNode opened =
                result(messages.initialized(ID, Revision.R2025_11_25, null, false, CAPABILITIES), Revision.R2025_11_25);
        assertThat(opened.has("_meta")).isFalse();
        assertThat(opened.path("capabilities")).isEqualTo(CAPABILITIES);
        JsonNode found =
                result(messages.discovered(ID, Revision.R2026_07_28, null, CAPABILITIES), Revision.R2026_07_28);
        assertThat(found.path("_meta").has(Meta.SESSION_ID)).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Revision.class)
    void answersWithoutContent(Revision revision) {
        JsonNode result = result(messages.empty(ID, revision), revision);
        assertValid(revision, "EmptyResult", result);
        assertThat(result.has("resultType")).isEqualTo(revision.era() == Era.MODERN);
    }

    @ParameterizedTest
    @EnumSource(Revision.class)
    void answersACall(Revision revision) {
        JsonNode result = result(messages.called(ID, revision, body(), 1, false), revision);
        assertValid(revision, "CallToolResult", result);
        assertThat(result.path("content").get(0).path("text").asText()).isEqualTo("hello");
        assertThat(result.has("structuredContent")).isEqualTo(revision.compareTo(Revision.R2025_06_18) >= 0);
        assertThat(result.path("_meta").has(Meta.ATTEMPTS)).isFalse();
        assertThat(result.path("_meta").has(Meta.REDELIVERED)).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Revision.class)
    void saysOfACallThatItRanTwiceOrWasSentBefore(Revision revision) {
        JsonNode result = result(messages.called(ID, revision, body().put("isError", true), 2, true), revision);
        assertValid(revision, "CallToolResult", result);
        assertThat(result.path("_meta").path(Meta.ATTEMPTS).asInt()).isEqualTo(2);
        assertThat(result.path("_meta").path(Meta.REDELIVERED).asBoolean()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Revision.class)
    void notifiesOfProgress(Revision revision) {
        for (String token : List.of("0", "\"a\"")) {
            JsonNode silent = parse(messages.progress(token, 1, null, null, revision));
            JsonNode telling = parse(messages.progress(token, 2.5, null, "text", revision));
            assertValid(revision, "ProgressNotification", silent);
            assertValid(revision, "ProgressNotification", telling);
            assertThat(silent.path("params").has("message")).isFalse();
            assertThat(telling.path("params").has("message")).isEqualTo(revision.compareTo(Revision.R2025_03_26) >= 0);
            assertThat(telling.path("params").path("progressToken").toString()).isEqualTo(token);
        }
    }

    @ParameterizedTest
    @EnumSource(Revision.class)
    void notifiesOfProgressTowardsATotal(Revision revision) {
        JsonNode message = parse(messages.progress("0", 50, 100.0, "half way", revision));
        assertValid(revision, "ProgressNotification", message);
        assertThat(message.path("params").path("total").asDouble()).isEqualTo(100);
    }

    @ParameterizedTest
    @EnumSource(Revision.class)
    void passesLogMessagesOn(Revision revision) {
        JsonNode data = WireJson.object().put("text", "hello");
        assertValid(revision, "LoggingMessageNotification", parse(messages.logged("info", "tool", data, revision)));
        JsonNode message = parse(messages.logged("error", null, data, revision));
        assertValid(revision, "LoggingMessageNotification", message);
        assertThat(message.path("params").has("logger")).isFalse();
    }

    @ParameterizedTest
    @EnumSource(
            value = Revision.class,
            names = {"R2024_11_05", "R2025_03_26", "R2025_06_18", "R2025_11_25"})
    void asksTheClient(Revision revision) {
        assertValid(revision, "ListRootsRequest", parse(messages.request("\"a-1\"", "roots/list", WireJson.object())));
        assertValid(
                revision,
                "ToolListChangedNotification",
                parse(messages.notification("notifications/tools/list_changed", WireJson.object())));
        assertValid(
                revision,
                "ResourceUpdatedNotification",
                parse(messages.notification(
                        "notifications/resources/updated", WireJson.object().put("uri", "exai://models"))));
    }

    @ParameterizedTest
    @EnumSource(Revision.class)
    void answersWithAnyBody(Revision revision) {
        ObjectNode body = WireJson.object();
        body.putObject("_meta").put("own", 1);
        JsonNode result = result(messages.result(ID, revision, body), revision);
        boolean modern = revision.era() == Era.MODERN;
        assertThat(result.path("_meta").path("own").asInt()).isEqualTo(1);
        assertThat(result.path("_meta").has(Meta.SERVER_INFO)).isEqualTo(modern);
        assertThat(result.path("resultType").asText()).isEqualTo(modern ? "complete" : "");
    }

    @Test
    void keepsTheTypeOfAResultThatAsksBack() {
        Revision revision = Revision.R2026_07_28;
        ObjectNode body = WireJson.object().put("resultType", "input_required").put("requestState", "sealed");
        JsonNode result = result(messages.called(ID, revision, body, 1, false), revision);
        assertValid(revision, "InputRequiredResult", result);
        assertThat(result.path("resultType").asText()).isEqualTo("input_required");
    }

    @ParameterizedTest
    @EnumSource(Revision.class)
    void showsOfAToolWhatTheRevisionHas(Revision revision) {
        ObjectNode schema = WireJson.object().put("type", "object");
        ArrayNode icons = WireJson.object().arrayNode();
        icons.addObject().put("src", "https://example.com/icon.png").put("mimeType", "image/png");
        ObjectNode hints = WireJson.object().put("readOnlyHint", true).put("destructiveHint", false);
        JsonNode tool = new ToolDescription(
                        "a", "A", "Does it.", schema, new ToolTraits(schema, hints, icons, "required", hints))
                .toJson(revision);
        assertValid(revision, "Tool", tool);
        assertThat(tool.has("outputSchema")).isEqualTo(revision.compareTo(Revision.R2025_06_18) >= 0);
        assertThat(tool.has("_meta")).isEqualTo(revision.compareTo(Revision.R2025_06_18) >= 0);
        assertThat(tool.has("icons")).isEqualTo(revision.compareTo(Revision.R2025_11_25) >= 0);
        assertThat(tool.path("execution").path("taskSupport").asText(""))
                .isEqualTo(revision == Revision.R2025_11_25 ? "required" : "");
        assertThat(tool.path("annotations").has("destructiveHint"))
                .isEqualTo(revision.compareTo(Revision.R2025_03_26) >= 0);
    }

    @ParameterizedTest
    @EnumSource(Revision.class)
    void answersWithAnError(Revision revision) {
        OfficialSchema schema = OfficialSchema.of(revision);
        String definition = schema.defines("JSONRPCErrorResponse") ? "JSONRPCErrorResponse" : "JSONRPCError";
        RpcError error = new RpcError(
                RpcError.UNSUPPORTED_PROTOCOL_VERSION,
                "no",
                WireJson.object()
                        .put("requested", "x")
                        .set("supported", WireJson.object().putArray("content")));
        for (String id : List.of("0", "\"a\"")) {
            assertValid(revision, definition, parse(messages.error(new RequestId(id), RpcError.of(-32601, "no"))));
            assertValid(revision, definition, parse(messages.error(new RequestId(id), error)));
        }
        if (schema.defines("UnsupportedProtocolVersionError")) {
            assertValid(revision, "UnsupportedProtocolVersionError", parse(messages.error(ID, error)));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Revision.class,
            names = {"R2025_11_25", "R2026_07_28"})
    void leavesTheIdOfAnErrorOutWhenThereIsNone(Revision revision) {
        JsonNode error = parse(messages.error(null, RpcError.of(RpcError.PARSE_ERROR, "no")));
        assertValid(revision, "JSONRPCErrorResponse", error);
        assertThat(error.has("id")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\\ud800\"", "\"\\udc00\\ud83d\"", "\"\\ud83d\\ude00\"", "\"\\u0000\\\"\\\\\""})
    void repeatsAnyIdAndTokenExactly(String json) throws MalformedJson {
        JsonNode node = WireJson.parse(json);
        RequestId id = RequestId.of(node).orElseThrow();
        assertThat(parse(messages.empty(id, Revision.R2025_11_25)).get("id")).isEqualTo(node);
        assertThat(parse(messages.progress(id.json(), 1, null, null, Revision.R2025_11_25))
                        .path("params")
                        .get("progressToken"))
                .isEqualTo(node);
    }

    @Test
    void writesAMessageWhoseTextWasCutInsideAPair() {
        assertThat(parse(messages.error(ID, RpcError.of(-1, "cut \ud83d"))).path("error"))
                .isNotEmpty();
    }

    private static void assertValid(Revision revision, String definition, JsonNode message) {
        assertThat(OfficialSchema.of(revision).problems(definition, message))
                .as("%s of %s: %s", definition, revision.wireName(), message)
                .isEmpty();
    }

    /** The result of a response that is itself valid. */
    private static JsonNode result(byte[] message, Revision revision) {
        JsonNode response = parse(message);
        String definition = OfficialSchema.of(revision).defines("JSONRPCResultResponse")
                ? "JSONRPCResultResponse"
                : "JSONRPCResponse";
        assertValid(revision, definition, response);
        assertThat(response.path("id").toString()).isEqualTo(ID.json());
        return response.path("result");
    }

    private static JsonNode parse(byte[] message) {
        try {
            return WireJson.parse(message, 0, message.length);
        } catch (MalformedJson broken) {
            throw new AssertionError(broken);
        }
    }

    private static ObjectNode body() {
        ObjectNode body = WireJson.object();
        body.putArray("content").addObject().put("type", "text").put("text", "hello");
        body.putObject("structuredContent").put("figure", 1);
        return body;
    }
}
