package io.exai.protocol.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
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

    private final ServerMessages messages = new ServerMessages(new ServerIdentity("0.1.0", "Ask chat."));

    @ParameterizedTest
    @EnumSource(
            value = Revision.class,
            names = {"R2024_11_05", "R2025_03_26", "R2025_06_18", "R2025_11_25"})
    void answersInitialize(Revision revision) {
        for (boolean resumed : new boolean[] {false, true}) {
            JsonNode result = result(messages.initialized(ID, revision, "session-1", resumed), revision);
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
        JsonNode result = result(messages.discovered(ID, revision, "session-1"), revision);
        assertValid(revision, "DiscoverResult", result);
        assertThat(result.path("supportedVersions").toString()).isEqualTo("[\"2026-07-28\"]");
        assertThat(result.path("_meta").path(Meta.SERVER_INFO).path("name").asText())
                .isEqualTo("exai");
    }

    @ParameterizedTest
    @EnumSource(Revision.class)
    void answersToolsList(Revision revision) {
        JsonNode result = result(messages.tools(ID, revision, List.of(tool("a"), tool("b"))), revision);
        assertValid(revision, "ListToolsResult", result);
        assertThat(result.path("tools")).hasSize(2);
        JsonNode tool = result.path("tools").get(0);
        assertThat(tool.has("title")).isEqualTo(revision.compareTo(Revision.R2025_06_18) >= 0);
        assertThat(tool.has("annotations")).isEqualTo(revision.compareTo(Revision.R2025_03_26) >= 0);
        assertThat(result.has("ttlMs")).isEqualTo(revision.era() == Era.MODERN);
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
            JsonNode silent = parse(messages.progress(token, 1, null, revision));
            JsonNode telling = parse(messages.progress(token, 2.5, "text", revision));
            assertValid(revision, "ProgressNotification", silent);
            assertValid(revision, "ProgressNotification", telling);
            assertThat(silent.path("params").has("message")).isFalse();
            assertThat(telling.path("params").has("message")).isEqualTo(revision.compareTo(Revision.R2025_03_26) >= 0);
            assertThat(telling.path("params").path("progressToken").toString()).isEqualTo(token);
        }
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
        assertThat(parse(messages.progress(id.json(), 1, null, Revision.R2025_11_25))
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

    private static ToolDescription tool(String name) {
        ObjectNode schema = WireJson.object().put("type", "object");
        schema.putObject("properties").putObject("prompt").put("type", "string");
        return new ToolDescription(name, "Title", "What it does.", schema, ToolTraits.of(true, false));
    }

    private static ObjectNode body() {
        ObjectNode body = WireJson.object();
        body.putArray("content").addObject().put("type", "text").put("text", "hello");
        body.putObject("structuredContent").put("figure", 1);
        return body;
    }
}
