package io.exai.protocol.jsonrpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.exai.protocol.json.WireJson;
import io.exai.protocol.mcp.ServerIdentity;
import io.exai.protocol.mcp.ServerMessages;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the bytes: reading never throws, and what was wrong can be said in one short message. */
class EnvelopeFuzzTest {
    private static final int LONGEST_ANSWER = 2_000;
    private static final List<String> VALID = List.of(
            "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"ping\"}",
            "{\"jsonrpc\":\"2.0\",\"id\":\"ü-€-😀\",\"method\":\"tools/call\",\"params\":{\"name\":\"chat\","
                    + "\"arguments\":{\"prompt\":\"grüße \\ud83d\\ude00\",\"temperature\":-0.5e-3,\"x\":[null,true]}}}",
            "{\"jsonrpc\":\"2.0\",\"id\":12345678901234567890,\"result\":{\"roots\":[]}}",
            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":7}}");
    private static final List<String> PIECES = List.of(
            "\"",
            "\\",
            "\\u",
            "\\ud800",
            "{",
            "}",
            "[",
            "]",
            ":",
            ",",
            "1e999999999",
            "-",
            "null",
            "\u0000",
            "\ufeff",
            "9".repeat(1001),
            "\"id\":1,",
            "[".repeat(201),
            "0",
            "\ud83d\ude00");

    private final ServerMessages messages = new ServerMessages(new ServerIdentity("1", ""));

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void survivesRandomBytes(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            byte[] bytes = new byte[random.nextInt(64)];
            random.nextBytes(bytes);
            answer(bytes);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void survivesRandomAscii(long seed) {
        Random random = new Random(seed);
        String alphabet = "{}[]\",:\\u0123456789eE+-. \n\ttruefalsnj\u0000";
        for (int i = 0; i < 2_000; i++) {
            StringBuilder text = new StringBuilder(random.nextBoolean() ? "{" : "");
            for (int length = random.nextInt(80); length > 0; length--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            answer(text.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void survivesTruncationAtEveryByte() {
        for (String valid : VALID) {
            byte[] whole = valid.getBytes(StandardCharsets.UTF_8);
            for (int length = 0; length < whole.length; length++) {
                assertThat(EnvelopeReader.read(whole, 0, length)).isInstanceOf(Incoming.Malformed.class);
                EnvelopePeek.of(whole, 0, length);
            }
            assertThat(EnvelopeReader.read(whole, 0, whole.length)).isNotInstanceOf(Incoming.Malformed.class);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void survivesMutations(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            byte[] bytes = VALID.get(random.nextInt(VALID.size())).getBytes(StandardCharsets.UTF_8);
            for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            answer(bytes);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24})
    void survivesInsertedPieces(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            StringBuilder text = new StringBuilder(VALID.get(random.nextInt(VALID.size())));
            for (int pieces = 1 + random.nextInt(4); pieces > 0; pieces--) {
                text.insert(random.nextInt(text.length() + 1), PIECES.get(random.nextInt(PIECES.size())));
            }
            answer(text.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {WireJson.MAX_DEPTH - 1, WireJson.MAX_DEPTH, WireJson.MAX_DEPTH + 1, 100_000})
    void boundsTheDepthOfAWholeMessage(int depth) {
        int inside = depth - 2; // the message and its params
        String text = "{\"jsonrpc\":\"2.0\",\"method\":\"m\",\"params\":{\"x\":" + "[".repeat(inside)
                + "]".repeat(inside) + "}}";
        Incoming incoming = answer(text.getBytes(StandardCharsets.UTF_8));
        assertThat(incoming instanceof Incoming.Malformed).isEqualTo(depth > WireJson.MAX_DEPTH);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"jsonrpc\":\"2.0\",\"id\":\"\\ud800\",\"method\":\"x\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":\"\\udc00\\ud800\",\"method\":7}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"\\ud800\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":{\"\\ud800\":1}}",
                "{\"jsonrpc\":\"\\udfff\"}",
            })
    void answersALoneSurrogate(String text) {
        answer(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void answersAValueThatIsCutInsideASurrogatePair() {
        for (int length = 50; length < 70; length++) {
            answer(("{\"jsonrpc\":\"2.0\",\"method\":\"m\",\"params\":\"" + "x".repeat(length)
                            + "😀😀😀😀😀😀😀😀😀😀\"}")
                    .getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Reads as the daemon does, and writes what it would say. */
    private Incoming answer(byte[] bytes) {
        EnvelopePeek.of(bytes, 0, bytes.length);
        Incoming incoming = EnvelopeReader.read(bytes, 0, bytes.length);
        if (incoming instanceof Incoming.Malformed malformed) {
            assertThat(messages.error(malformed.id(), malformed.error())).hasSizeLessThan(LONGEST_ANSWER);
        } else if (incoming instanceof Incoming.Request request) {
            String message = "Method not found: " + request.method();
            byte[] error = messages.error(request.id(), RpcError.of(RpcError.METHOD_NOT_FOUND, message));
            assertThat(EnvelopeReader.read(error, 0, error.length))
                    .isInstanceOfSatisfying(
                            Incoming.Response.class,
                            response -> assertThat(response.id()).isEqualTo(request.id()));
        }
        return incoming;
    }
}
