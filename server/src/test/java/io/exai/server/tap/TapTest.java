package io.exai.server.tap;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bytes come through unchanged, and what is wrong in them is found. */
@Timeout(30)
class TapTest {
    private static final String VALID = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"tools\":[]}}";
    private static final String INVALID = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"tools\":7}}";
    private static final String LIST = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}";
    private static final String POST = "POST /mcp HTTP/1.1\r\nContent-Length: " + LIST.length() + "\r\n\r\n" + LIST;

    @ParameterizedTest
    @CsvSource({"true, 0", "false, 1"})
    void readsAnAnswerOverHttp(boolean valid, int violations) throws Exception {
        String body = valid ? VALID : INVALID;
        String answer = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
                + "\r\n\r\n" + body;

        assertPasses(POST, answer, violations);
    }

    @ParameterizedTest
    @CsvSource({"true, 0", "false, 1"})
    void readsEventsInChunks(boolean valid, int violations) throws Exception {
        String event = "id: 1\ndata: " + (valid ? VALID : INVALID) + "\n\n";
        String half = event.substring(0, 20);
        String rest = event.substring(20);
        String answer = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
                + chunk(half) + chunk(rest) + chunk("");

        assertPasses(POST, answer, violations);
    }

    @ParameterizedTest
    @CsvSource({"true, 0", "false, 1"})
    void readsFrames(boolean valid, int violations) throws Exception {
        String body = valid ? VALID : INVALID;
        String first = body.substring(0, 10);
        String rest = body.substring(10);
        String answer = "HTTP/1.1 101 Switching Protocols\r\nMcp-Session-Id: s\r\n\r\n" + (char) 1
                + (char) first.length() + first + (char) 0x89 + (char) 0 + (char) 0x80 + (char) rest.length() + rest;
        String request = "GET /mcp/ws HTTP/1.1\r\nUpgrade: websocket\r\n\r\n" + (char) 0x81
                + (char) (0x80 | LIST.length()) + "\0\0\0\0" + LIST;

        assertPasses(request, answer, violations);
    }

    @Test
    void letsNonsensePassUnread() throws Exception {
        assertPasses("no HTTP at all\r\n", "nor this\0\1\2", 0);
    }

    private static String chunk(String data) {
        return Integer.toHexString(data.length()) + "\r\n" + data + "\r\n";
    }

    /** The peer begins its answer after the head of the request, and ends it after the whole. */
    private static void assertPasses(String request, String answer, int violations) throws Exception {
        try (ServerSocket daemon = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Tap tap = Tap.before(daemon.getLocalPort());
                Socket client = new Socket(InetAddress.getLoopbackAddress(), tap.port())) {
            client.getOutputStream().write(request.getBytes(ISO_8859_1));
            try (Socket peer = daemon.accept()) {
                String seen = read(peer.getInputStream(), head(request));
                peer.getOutputStream().write(answer.substring(0, head(answer)).getBytes(ISO_8859_1));
                seen += read(peer.getInputStream(), request.length() - head(request));
                peer.getOutputStream().write(answer.substring(head(answer)).getBytes(ISO_8859_1));
                assertThat(seen).isEqualTo(request);
            }
            assertThat(read(client.getInputStream(), answer.length())).isEqualTo(answer);
            assertThat(tap.violations()).hasSize(violations);
            assertThat(tap.checked()).isEqualTo(answer.startsWith("HTTP") ? 1 : 0);
        }
    }

    /** How long it is, up to its first empty line. */
    private static int head(String text) {
        int end = text.indexOf("\r\n\r\n");
        return end < 0 ? text.length() : end + 4;
    }

    private static String read(InputStream in, int length) throws IOException {
        return new String(in.readNBytes(length), ISO_8859_1);
    }
}
