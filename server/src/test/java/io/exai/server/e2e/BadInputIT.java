package io.exai.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever breaks the rules of HTTP or WebSocket is told so, and nobody else notices. */
@Timeout(60)
class BadInputIT {
    private static final int LIMIT = 65_536;
    private static final int CALL_LIMIT = 32_768;
    private static final int TEXT = WireFrame.FIN | WireFrame.TEXT;
    private static final int RESERVED = 0x40;

    @RegisterExtension
    private static final Stand STAND = Stand.of(Map.of(
            "EXAI_WS_MAX_BYTES",
            String.valueOf(LIMIT),
            "TOOL_CALL_MAX_SIZE",
            String.valueOf(CALL_LIMIT),
            "EXAI_WS_PING_INTERVAL",
            "1s",
            "EXAI_WS_CLOSE_TIMEOUT",
            "20s"));

    @AfterEach
    void othersDoNotNotice() throws Exception {
        Probes.assertServes(STAND.daemon());
    }

    static Stream<Arguments> violations() {
        byte[] ping = padded(64);
        return Stream.of(
                Arguments.of("invalid UTF-8", WireFrame.masked(TEXT, new byte[] {(byte) 0xc3, 0x28}), 1007),
                Arguments.of(
                        "a lone surrogate", WireFrame.masked(TEXT, new byte[] {(byte) 0xed, (byte) 0xa0, 0x40}), 1007),
                Arguments.of("a binary frame", WireFrame.masked(WireFrame.FIN | WireFrame.BINARY, ping), 1003),
                Arguments.of("reserved bit 1", WireFrame.masked(TEXT | RESERVED, ping), 1002),
                Arguments.of("reserved bit 3", WireFrame.masked(TEXT | 0x10, ping), 1002),
                Arguments.of("an unknown opcode", WireFrame.masked(WireFrame.FIN | 3, ping), 1002),
                Arguments.of("an unknown control opcode", WireFrame.masked(WireFrame.FIN | 11, ping), 1002),
                Arguments.of("a continuation of nothing", WireFrame.masked(WireFrame.FIN, ping), 1002),
                Arguments.of("a ping in fragments", WireFrame.masked(WireFrame.PING, new byte[1]), 1002),
                Arguments.of(
                        "a ping of 126 bytes", WireFrame.masked(WireFrame.FIN | WireFrame.PING, padded(126)), 1002),
                Arguments.of("an unmasked frame", new byte[] {(byte) TEXT, 2, '{', '}'}, 1002),
                Arguments.of(
                        "a close code nobody may send",
                        WireFrame.masked(WireFrame.FIN | WireFrame.CLOSE, new byte[] {3, (byte) 0xee}),
                        1002),
                Arguments.of(
                        "a length over 63 bits",
                        new byte[] {(byte) TEXT, -1, -1, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0},
                        1002),
                Arguments.of("a frame of 4 EB, announced", WireFrame.head(TEXT, 1L << 62), 1009),
                Arguments.of("a frame over the limit, announced", WireFrame.head(TEXT, LIMIT + 1L), 1009));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("violations")
    void closesWithTheCodeOfTheViolation(String what, byte[] bytes, int code) throws Exception {
        try (RawClient client = RawClient.connect(STAND.port())) {
            client.ask(Messages.initialize(0));
            client.raw(bytes);
            assertThat(client.closeCode()).as(what).isEqualTo(code);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {CALL_LIMIT - 1, CALL_LIMIT})
    void answersAMessageUpToTheLimitOfCalls(int size) throws Exception {
        try (RawClient client = RawClient.connect(STAND.port())) {
            client.frame(TEXT, padded(size));
            assertThat(client.answer(1).has("result")).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {CALL_LIMIT + 1, LIMIT - 1, LIMIT})
    void answersAnErrorAboveTheLimitOfCalls(int size) throws Exception {
        try (RawClient client = RawClient.connect(STAND.port())) {
            client.ask(Messages.initialize(0));
            client.frame(TEXT, padded(size));
            assertThat(Messages.errorCode(client.answer(1))).isEqualTo(-32600);
            Probes.assertLives(client);
        }
    }

    @Test
    void closesAMessageOneByteOverTheLimit() throws Exception {
        try (RawClient client = RawClient.connect(STAND.port())) {
            client.frame(TEXT, padded(LIMIT + 1));
            assertThat(client.closeCode()).isEqualTo(1009);
        }
    }

    @ParameterizedTest
    @CsvSource({"65536, 0", "65537, 1009"})
    void sumsFragments(int size, int code) throws Exception {
        try (RawClient client = RawClient.connect(STAND.port())) {
            sendInFragments(client, padded(size), 1000);
            if (code == 0) {
                assertThat(Messages.errorCode(client.answer(1))).isEqualTo(-32600);
            } else {
                assertThat(client.closeCode()).isEqualTo(code);
            }
        }
    }

    @Test
    void answersAMessageInFragmentsOfOneByteWithPingsBetween() throws Exception {
        try (RawClient client = RawClient.connect(STAND.port())) {
            byte[] message = padded(200);
            client.frame(WireFrame.TEXT, new byte[] {message[0]});
            for (int at = 1; at < message.length; at++) {
                client.frame(WireFrame.FIN | WireFrame.PING, new byte[0]);
                client.frame(at == message.length - 1 ? WireFrame.FIN : 0, new byte[] {message[at]});
            }
            assertThat(client.answer(1).has("result")).isTrue();
        }
    }

    @Test
    void dropsAClientThatFallsSilentInTheMiddleOfAFrame() throws Exception {
        try (RawClient client = RawClient.deaf(STAND.port(), "/mcp/ws")) {
            client.raw(WireFrame.head(TEXT, 1000));
            client.raw(padded(64));
            client.awaitEnd();
        }
    }

    @Test
    void closesAClientThatAsksForMoreThanItReads() throws Exception {
        try (RawClient client = RawClient.deaf(STAND.port(), "/mcp/ws")) {
            client.send(Messages.initialize(0));
            for (int id = 1; id <= 15_000; id++) {
                client.send(Messages.request(id, "tools/list"));
            }
            client.listen();
            assertThat(client.closeCode()).isEqualTo(1013);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: evil.example.com",
                "Host: evil.example.com:8079",
                "Origin: http://evil.example.com",
                "Origin: https://localhost.evil.example.com",
                "Origin: null"
            })
    void refusesAForeignHostOrOrigin(String header) throws Exception {
        assertThat(RawClient.knock(STAND.port(), "/mcp/ws", header).status()).isEqualTo(403);
    }

    @Test
    void letsAPageOfThisMachineIn() throws Exception {
        try (RawClient client = RawClient.connect(STAND.port(), "/mcp/ws", "Origin: http://localhost:3000")) {
            assertThat(client.ask(Messages.ping(1)).has("result")).isTrue();
        }
    }

    @Test
    void selectsTheSubprotocolOnlyWhenItIsOffered() throws Exception {
        String header = "Sec-WebSocket-Protocol";
        assertThat(RawClient.knock(STAND.port(), "/mcp", header + ": other, mcp")
                        .header(header))
                .isEqualTo("mcp");
        assertThat(RawClient.knock(STAND.port(), "/mcp", header + ": other").header(header))
                .isEmpty();
        assertThat(RawClient.knock(STAND.port(), "/mcp").header(header)).isEmpty();
    }

    @Test
    void echoesTheCodeWithWhichAClientCloses() throws Exception {
        try (RawClient client = RawClient.connect(STAND.port())) {
            client.frame(WireFrame.FIN | WireFrame.CLOSE, new byte[] {0x0f, (byte) 0xa1});
            assertThat(client.closeCode()).isEqualTo(4001);
        }
    }

    private static void sendInFragments(RawClient client, byte[] message, int size) throws IOException {
        for (int at = 0; at < message.length; at += size) {
            boolean last = at + size >= message.length;
            int first = (last ? WireFrame.FIN : 0) | (at == 0 ? WireFrame.TEXT : 0);
            client.frame(first, java.util.Arrays.copyOfRange(message, at, Math.min(message.length, at + size)));
        }
    }

    /** A ping with id 1, blanks behind it up to that size. */
    private static byte[] padded(int size) {
        String ping = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";
        return (ping + " ".repeat(size - ping.length())).getBytes(StandardCharsets.UTF_8);
    }
}
