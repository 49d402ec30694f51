package io.exai.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.exai.protocol.json.WireJson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who is let in over HTTP, with what, and how everybody else is told. */
@Timeout(60)
class HttpGuardIT {
    private static final String TOKEN = "0123456789abcdef";
    private static final String ORIGIN = "https://app.example";
    private static final String PING = WireJson.write(Messages.ping(1));
    private static final int LIMIT = 2_048;

    @RegisterExtension
    private static final Stand STAND = Stand.of(Map.of(
            "EXAI_WS_TOKEN", TOKEN, "EXAI_ALLOWED_ORIGINS", ORIGIN, "TOOL_CALL_MAX_SIZE", String.valueOf(LIMIT)));

    @Test
    void wantsATokenBeforeItLooksAtAnythingElse() throws Exception {
        HttpPeer stranger = HttpPeer.at(STAND.port());

        HttpResponse<String> refused = stranger.post("nonsense");

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().firstValue("WWW-Authenticate"))
                .hasValueSatisfying(how -> assertThat(how).startsWith("Bearer"));
        assertThat(stranger.with("Authorization", "Bearer " + TOKEN + "x")
                        .post(PING)
                        .statusCode())
                .isEqualTo(401);
        assertThat(stranger.send("GET").statusCode()).isEqualTo(401);
        assertThat(stranger.send("DELETE").statusCode()).isEqualTo(401);
        assertThat(initialize().statusCode()).isEqualTo(200);
    }

    @Test
    void refusesForeignOriginsEvenBeforeTheToken() throws Exception {
        assertThat(HttpPeer.at(STAND.port())
                        .with("Origin", "https://evil.example")
                        .post(PING)
                        .statusCode())
                .isEqualTo(403);
        assertThat(friend().with("Origin", "https://evil.example").post(PING).statusCode())
                .isEqualTo(403);
        assertThat(friend().with("Origin", "null").post(PING).statusCode()).isEqualTo(403);
    }

    @Test
    void refusesForeignHosts() throws Exception {
        HttpReply refused = raw("Host: evil.example\r\nAuthorization: Bearer " + TOKEN + "\r\n", PING.length(), PING);

        assertThat(refused.status()).isEqualTo(403);
    }

    @Test
    void letsPagesOfAnAllowedOriginAskFirst() throws Exception {
        HttpPeer page = HttpPeer.at(STAND.port()).with("Origin", ORIGIN);

        HttpResponse<String> preflight =
                page.with("Access-Control-Request-Method", "POST").send("OPTIONS");
        HttpResponse<String> answer =
                page.with("Authorization", "Bearer " + TOKEN).post(WireJson.write(Messages.initialize(1)));

        assertThat(preflight.statusCode()).isEqualTo(204);
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Origin"))
                .hasValue(ORIGIN);
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Headers"))
                .hasValueSatisfying(allowed -> assertThat(allowed)
                        .contains("Mcp-Session-Id", "MCP-Protocol-Version", "Last-Event-ID", "Mcp-Method"));
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).hasValue(ORIGIN);
        assertThat(answer.headers().firstValue("Access-Control-Expose-Headers"))
                .hasValueSatisfying(exposed -> assertThat(exposed).contains("Mcp-Session-Id"));
        assertThat(page.post(PING).headers().firstValue("Access-Control-Allow-Origin"))
                .hasValue(ORIGIN);
    }

    @Test
    void refusesWhatItCannotReadOrTheClientCannotTake() throws Exception {
        HttpPeer peer = session();

        assertThat(peer.with("Content-Type", "text/plain").post(PING).statusCode())
                .isEqualTo(415);
        assertThat(peer.with("Accept", "text/html").post(PING).statusCode()).isEqualTo(406);
        assertThat(peer.with("Accept", "application/json").send("GET").statusCode())
                .isEqualTo(406);
        assertThat(peer.post(PING + " ".repeat(LIMIT - PING.length())).statusCode())
                .isEqualTo(200);
        assertThat(peer.post(PING + " ".repeat(LIMIT + 1 - PING.length())).statusCode())
                .isEqualTo(413);
        assertThat(peer.post(PING).statusCode()).isEqualTo(200);
    }

    @Test
    void answersABodyThatEndsAtAnyByte() throws Exception {
        for (int length = 0; length <= PING.length(); length++) {
            HttpReply reply = raw(local(), length, PING.substring(0, length));
            assertThat(reply.status()).as("%d bytes: %s", length, reply).isEqualTo(400);
            assertThat(reply.body()).contains(length < PING.length() ? "-32700" : "Mcp-Session-Id");
        }
    }

    @Test
    void livesOnWhenAConnectionIsCutAtAnyByteOfABody() throws Exception {
        for (int length = 0; length < PING.length(); length++) {
            cut(local(), PING.length(), PING.substring(0, length));
        }
        assertThat(session().post(PING).statusCode()).isEqualTo(200);
        assertThat(STAND.daemon().log()).noneMatch(line -> line.contains(" ERROR "));
    }

    @Test
    void keepsSessionsOfOnePrincipalFromAnother() throws Exception {
        String session = initialize().headers().firstValue(HttpPeer.SESSION).orElseThrow();

        HttpPeer thief = HttpPeer.at(STAND.port()).with(HttpPeer.SESSION, session);

        assertThat(thief.post(PING).statusCode()).isEqualTo(401);
    }

    private static HttpPeer friend() {
        return HttpPeer.at(STAND.port()).with("Authorization", "Bearer " + TOKEN);
    }

    private static HttpResponse<String> initialize() throws Exception {
        return friend().post(WireJson.write(Messages.initialize(1)));
    }

    private static HttpPeer session() throws Exception {
        return friend().with(
                        HttpPeer.SESSION,
                        initialize().headers().firstValue(HttpPeer.SESSION).orElseThrow());
    }

    private static String local() {
        return "Host: 127.0.0.1:" + STAND.port() + "\r\nAuthorization: Bearer " + TOKEN + "\r\n";
    }

    private static HttpReply raw(String headers, int length, String body) throws IOException {
        try (Socket socket = post(headers, length, body)) {
            return HttpReply.read(socket.getInputStream());
        }
    }

    private static void cut(String headers, int length, String body) throws IOException {
        post(headers, length, body).close();
    }

    private static Socket post(String headers, int length, String body) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), STAND.port());
        socket.setSoTimeout(20_000);
        byte[] head = ("POST /mcp HTTP/1.1\r\n" + headers + "Content-Type: application/json\r\nContent-Length: "
                        + length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] text = body.getBytes(StandardCharsets.UTF_8);
        byte[] all = Arrays.copyOf(head, head.length + text.length);
        System.arraycopy(text, 0, all, head.length, text.length);
        socket.getOutputStream().write(all);
        return socket;
    }
}
