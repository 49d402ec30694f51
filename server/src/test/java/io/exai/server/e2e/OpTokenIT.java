package io.exai.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tokens in a hello: who comes in with one, who does not, and what a replaced one is worth. */
@Timeout(60)
class OpTokenIT {
    private static final String TOKEN = "the-shared-token-0";
    private static final String NEXT = "the-shared-token-1";
    private static final String HEADER = "Authorization: Bearer ";

    @RegisterExtension
    private final Stand stand = Stand.of(
            Map.of("EXAI_WS_TOKEN", TOKEN, "EXAI_WS_AUTHENTICATE_IN_HELLO", "true", "EXAI_WS_HELLO_TIMEOUT", "3"));

    @Test
    void letsAClientInByTheTokenInItsHello() throws Exception {
        try (OpSocket client = OpSocket.connect(stand.port())) {
            assertThat(hello(client, TOKEN).path("ok").asBoolean()).isTrue();
            assertThat(client.ask(OpSocket.message("ping")).path("op").asText()).isEqualTo("pong");
        }
        try (OpSocket client = OpSocket.connect(stand.port())) {
            assertThat(hello(client, NEXT).path("error").asText()).isEqualTo("unauthorized");
            assertThat(client.closeCode()).isEqualTo(4003);
        }
        try (OpSocket silent = OpSocket.connect(stand.port())) {
            assertThat(silent.closeCode()).isEqualTo(4002);
        }
    }

    @Test
    void keepsStrangersFromEverythingElse() throws Exception {
        try (RawClient mcp = RawClient.connect(stand.port(), "/")) {
            mcp.send(Messages.initialize(0));
            assertThat(mcp.closeCode()).isEqualTo(1008);
        }
        try (OpSocket large = OpSocket.connect(stand.port())) {
            large.text("{\"op\":\"hello\",\"x\":\"" + "x".repeat(20_000) + "\"}");
            assertThat(large.closeCode()).isEqualTo(1009);
        }
        HttpReply path = RawClient.knock(stand.port(), "/mcp/ws");
        assertThat(path.status()).isEqualTo(401);
        assertThat(path.header("WWW-Authenticate")).startsWith("Bearer");
        assertThat(RawClient.knock(stand.port(), "/", HEADER + NEXT).status()).isEqualTo(401);
        assertThat(RawClient.knock(stand.port(), "/?session=" + "A".repeat(43)).status())
                .isEqualTo(401);
    }

    @Test
    void h27_replacesTheTokenAndDropsWhoCameInWithTheOldOne() throws Exception {
        try (OpSocket client = OpSocket.greeted(stand.port(), HEADER + TOKEN);
                RawClient other = RawClient.connect(stand.port(), "/mcp/ws", HEADER + TOKEN)) {
            JsonNode answer = client.ask(
                    OpSocket.message("rotate_token").put("old", TOKEN).put("new", NEXT));
            assertThat(answer.path("ok").asBoolean()).isTrue();
            assertThat(answer.path("persisted").asBoolean(true)).isFalse();
            assertThat(other.closeCode()).isEqualTo(4003);
            assertThat(client.ask(OpSocket.message("ping")).path("op").asText()).isEqualTo("pong");
        }
        assertThat(RawClient.knock(stand.port(), "/mcp/ws", HEADER + TOKEN).status())
                .isEqualTo(401);
        OpSocket.greeted(stand.port(), HEADER + NEXT).close();
        stand.daemon().stop();
        stand.daemon().restart();
        OpSocket.greeted(stand.port(), HEADER + TOKEN).close();
    }

    private static JsonNode hello(OpSocket client, String token) throws Exception {
        return client.ask(OpSocket.message("hello").put("token", token));
    }
}
