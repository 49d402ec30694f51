package io.exai.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.json.WireJson;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of several mistakes in a request the same one is named first on both transports. */
@Timeout(60)
class ProtocolOrderIT {
    private static final String TOKEN = "Bearer alice-alice-alice";
    private static final String UNKNOWN = "A".repeat(43);

    @RegisterExtension
    private static final Stand STAND =
            Stand.of(Map.of(), "--conformance", "-D", "exai.security.tokens.alice=alice-alice-alice");

    /**
     * The method; the tool or URI it names; the revision in {@code _meta} (or {@code none} for no {@code _meta}, {@code bare}
     * for one without capabilities); the headers, where {@code =} repeats the body and {@code -} is left out; the HTTP status;
     * the code on HTTP and on a WebSocket, 0 for an answer.
     */
    @ParameterizedTest
    @CsvSource({
        // well formed
        "tools/list,      '',                 2026-07-28, =,          =,          =, 200,      0,      0",
        "server/discover, '',                 2026-07-28, =,          =,          =, 200,      0,      0",
        "tools/call,      test_simple_text,   2026-07-28, =,          =,          =, 200,      0,      0",
        // what the request must say of itself comes before its headers
        "server/discover, '',                 none,       2026-07-28, =,          =, 400, -32602, -32602",
        "tools/list,      '',                 bare,       =,          =,          =, 400, -32602, -32602",
        "tools/list,      '',                 bare,       2026-07-28, tools/call, =, 400, -32602, -32602",
        "no/such,         '',                 bare,       2026-07-28, -,          =, 400, -32602, -32602",
        // headers come before the version
        "tools/list,      '',                 2026-07-28, -,          =,          =, 400, -32020,      0",
        "tools/list,      '',                 2026-07-28, 2025-11-25, =,          =, 400, -32020,      0",
        "tools/list,      '',                 2026-07-28, =,          -,          =, 400, -32020,      0",
        "tools/list,      '',                 2026-07-28, =,          tools/call, =, 400, -32020,      0",
        "tools/call,      test_simple_text,   2026-07-28, =,          =,          -, 400, -32020,      0",
        "tools/call,      test_simple_text,   2026-07-28, =,          =,          x, 400, -32020,      0",
        "tools/list,      '',                 2099-01-01, 2026-07-28, =,          =, 400, -32020, -32022",
        // the version comes before the method
        "tools/list,      '',                 2099-01-01, =,          =,          =, 400, -32022, -32022",
        "no/such,         '',                 2099-01-01, =,          =,          =, 400, -32022, -32022",
        "tools/list,      '',                 2025-11-25, =,          =,          =, 400, -32022, -32022",
        // the method comes before capability and params
        "no/such,         '',                 2026-07-28, =,          =,          =, 404, -32601, -32601",
        "initialize,      '',                 2026-07-28, =,          =,          =, 404, -32601, -32601",
        "ping,            '',                 2026-07-28, =,          =,          =, 404, -32601, -32601",
        "resources/subscribe, '',             2026-07-28, =,          =,          =, 404, -32601, -32601",
        "logging/setLevel, '',                2026-07-28, =,          =,          =, 404, -32601, -32601",
        "tasks/result,    '',                 2026-07-28, =,          =,          =, 404, -32601, -32601",
        "tasks/list,      '',                 2026-07-28, =,          =,          =, 404, -32601, -32601",
        // a capability comes before params
        "tools/call,      test_missing_capability, 2026-07-28, =,     =,          =, 400, -32021, -32021",
        "tools/call,      failing_job,        2026-07-28, =,          =,          =, 400, -32021, -32021",
        "tasks/get,       '',                 2026-07-28, =,          =,          =, 400, -32021, -32021",
        // params
        "tools/call,      no_such_tool,       2026-07-28, =,          =,          =, 400, -32602, -32602",
        "tools/call,      '',                 2026-07-28, =,          =,          =, 400, -32602, -32602",
        "prompts/get,     no_such_prompt,     2026-07-28, =,          =,          =, 400, -32602, -32602",
        "resources/read,  test://no-such,     2026-07-28, =,          =,          =, 400, -32602, -32602",
        "subscriptions/listen, '',            2026-07-28, =,          =,          =, 400, -32602, -32602",
    })
    void namesTheFirstMistake(
            String method,
            String name,
            String said,
            String version,
            String inMethod,
            String inName,
            int status,
            int onHttp,
            int onSocket)
            throws Exception {
        ObjectNode request = request(method, name, said);
        HttpPeer peer = alice().with(
                        "MCP-Protocol-Version", header(version, said.equals("bare") ? HttpPeer.MODERN : said))
                .with("Mcp-Method", header(inMethod, method))
                .with("Mcp-Name", header(inName, name));

        HttpResponse<String> response = peer.post(request);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        JsonNode answer = HttpPeer.message(response);
        assertThat(Messages.errorCode(answer)).as(response.body()).isEqualTo(onHttp);
        assertThat(answer.path("id").asInt()).isEqualTo(7);
        try (RawClient client = RawClient.connect(STAND.port(), "/mcp/ws", "Authorization: " + TOKEN)) {
            JsonNode said2 = client.ask(request);
            assertThat(Messages.errorCode(said2)).as(said2.toString()).isEqualTo(onSocket);
        }
    }

    /** What cannot be read at all, and its code; the status is always 400. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ | -32700",
                "nonsense | -32700",
                "'' | -32700",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"id\":2,\"method\":\"ping\"} | -32700",
                "[] | -32600",
                "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}] | -32600",
                "7 | -32600",
                "{} | -32600",
                "{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"ping\"} | -32600",
                "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"ping\"} | -32600",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}} | -32600",
            })
    void refusesWhatIsNoRequest(String body, int code) throws Exception {
        HttpResponse<String> response =
                alice().with("MCP-Protocol-Version", HttpPeer.MODERN).post(body);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(Messages.errorCode(HttpPeer.message(response))).isEqualTo(code);
    }

    /**
     * Origin, token and session, where {@code -} is left out; the status over HTTP and that of a WebSocket upgrade.
     */
    @ParameterizedTest
    @CsvSource({
        // well formed
        "-,                    right, -,          200, 101",
        "http://localhost:1,   right, -,          200, 101",
        // the origin comes before the token and the session
        "https://evil.example, right, -,          403, 403",
        "https://evil.example, wrong, -,          403, 403",
        "https://evil.example, -,     -,          403, 403",
        "null,                 right, unknown,    403, 403",
        "https://evil.example, -,     unknown,    403, 403",
        // the token comes before the session
        "-,                    -,     -,          401, 401",
        "-,                    wrong, -,          401, 401",
        "http://localhost:1,   -,     unknown,    401, 401",
        "http://localhost:1,   wrong, malformed,  401, 401",
        // a session that is not there
        "-,                    right, unknown,    404, 404",
        "http://localhost:1,   right, malformed,  404, 404",
    })
    void letsNobodyInWhoMayNotAndNamesTheFirstReason(
            String origin, String token, String session, int onHttp, int onSocket) throws Exception {
        Map<String, String> headers = new TreeMap<>();
        headers.put("Origin", origin);
        headers.put("Authorization", token.equals("right") ? TOKEN : token.equals("wrong") ? TOKEN + "x" : "-");
        headers.put(HttpPeer.SESSION, session.equals("unknown") ? UNKNOWN : session.equals("malformed") ? "../x" : "-");
        headers.values().removeIf("-"::equals);
        HttpPeer peer = HttpPeer.at(STAND.port());
        for (Map.Entry<String, String> header : headers.entrySet()) {
            peer = peer.with(header.getKey(), header.getValue());
        }
        ObjectNode request = session.equals("-") ? Messages.initialize(1) : Messages.ping(1);

        assertThat(peer.post(request).statusCode()).as("HTTP").isEqualTo(onHttp);
        String[] lines = headers.entrySet().stream()
                .map(header -> header.getKey() + ": " + header.getValue())
                .toArray(String[]::new);
        assertThat(RawClient.knock(STAND.port(), "/mcp/ws", lines).status())
                .as("WebSocket")
                .isEqualTo(onSocket);
    }

    @Test
    void looksAtTheHostBeforeEverythingElseInAnUpgrade() throws Exception {
        assertThat(RawClient.knock(STAND.port(), "/mcp/ws?session=" + UNKNOWN, "Host: evil.example")
                        .status())
                .isEqualTo(403);
    }

    private static HttpPeer alice() {
        return HttpPeer.at(STAND.port()).with("Authorization", TOKEN);
    }

    private static String header(String wish, String body) {
        return wish.equals("=") ? (body.equals("none") ? "" : body) : wish.equals("-") ? "" : wish;
    }

    private static ObjectNode request(String method, String name, String said) {
        ObjectNode request =
                WireJson.object().put("jsonrpc", "2.0").put("id", 7).put("method", method);
        ObjectNode params = request.putObject("params");
        if (!name.isEmpty()) {
            params.put(method.equals("resources/read") ? "uri" : "name", name);
        }
        if (!said.equals("none")) {
            HttpPeer.modern(request);
            ObjectNode meta = request.withObject("/params/_meta");
            if (said.equals("bare")) {
                meta.remove("io.modelcontextprotocol/clientCapabilities");
            } else {
                meta.put("io.modelcontextprotocol/protocolVersion", said);
            }
        }
        return request;
    }
}
