package io.exai.provider.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SseParserTest {
    private static final String STREAM = ": hello\n\ndata: {\"a\":\"ü€😀\"}\r\n\r\nevent: x\rdata:b\rdata: c\rid: 7\r\r"
            + "data\n\ndata:  two blanks\n\ndatabase: no\n\n\r\n\ndata: [DONE]\n\n";
    private static final List<String> EVENTS = List.of("{\"a\":\"ü€😀\"}", "b\nc", "", " two blanks", "[DONE]");

    @Test
    void readsLinesEndedInEveryWay() {
        assertThat(parse(STREAM.getBytes(StandardCharsets.UTF_8))).isEqualTo(EVENTS);
    }

    @Test
    void readsTheSameWhereverTheBytesAreSplitInTwo() {
        byte[] bytes = STREAM.getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at <= bytes.length; at++) {
            assertThat(parse(Arrays.copyOf(bytes, at), Arrays.copyOfRange(bytes, at, bytes.length)))
                    .as("split at %d", at)
                    .isEqualTo(EVENTS);
        }
    }

    @Test
    void readsTheSameWhereverTheBytesAreSplitInThree() {
        byte[] bytes = STREAM.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i <= bytes.length; i++) {
            for (int j = i; j <= bytes.length; j++) {
                assertThat(parse(
                                Arrays.copyOf(bytes, i),
                                Arrays.copyOfRange(bytes, i, j),
                                Arrays.copyOfRange(bytes, j, bytes.length)))
                        .isEqualTo(EVENTS);
            }
        }
    }

    @Test
    void readsByteByByte() {
        byte[] bytes = STREAM.getBytes(StandardCharsets.UTF_8);
        byte[][] single = new byte[bytes.length][];
        for (int i = 0; i < bytes.length; i++) {
            single[i] = new byte[] {bytes[i]};
        }
        assertThat(parse(single)).isEqualTo(EVENTS);
    }

    @Test
    void survivesAnyBytesWithinItsBounds() {
        var random = new Random(7);
        for (int round = 0; round < 2000; round++) {
            byte[] noise = new byte[random.nextInt(200)];
            for (int i = 0; i < noise.length; i++) {
                noise[i] = (byte) "data: \r\n\n:x\u00ff".charAt(random.nextInt(12));
            }
            int at = random.nextInt(noise.length + 1);
            assertThat(parse(noise))
                    .isEqualTo(parse(Arrays.copyOf(noise, at), Arrays.copyOfRange(noise, at, noise.length)));
        }
    }

    @Test
    void ignoresAByteOrderMarkAtTheStartOnly() {
        assertThat(parse("\uFEFFdata: a\n\n\uFEFFdata: b\n\n".getBytes(StandardCharsets.UTF_8)))
                .containsExactly("a");
    }

    @Test
    void keepsAnEventWithoutItsBlankLineAndDropsALineWithoutItsEnd() {
        assertThat(parse("data: a\n\ndata: b\ndata: c".getBytes(StandardCharsets.UTF_8)))
                .containsExactly("a", "b");
    }

    @Test
    void growsItsLineBuffer() {
        String line = "x".repeat(5000);
        assertThat(parse(("data: " + line + "\n\n").getBytes(StandardCharsets.UTF_8)))
                .containsExactly(line);
    }

    @ParameterizedTest
    @ValueSource(ints = {31, 32})
    void acceptsALineUpToItsBound(int length) {
        var events = new ArrayList<String>();
        var parser = new SseParser(32, events::add);
        parser.feed(("data:" + "x".repeat(length - 5) + "\n\n").getBytes(StandardCharsets.UTF_8));
        assertThat(events).hasSize(1);
    }

    @Test
    void refusesALineBeyondItsBound() {
        var parser = new SseParser(32, event -> {});
        byte[] line = "x".repeat(33).getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> parser.feed(line))
                .isInstanceOf(BadAnswer.class)
                .hasMessageContaining("32 bytes");
    }

    @Test
    void refusesAnEventBeyondItsBound() {
        var parser = new SseParser(16, event -> {});
        byte[] lines = "data:1234567890\ndata:1234567890\n".getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> parser.feed(lines)).isInstanceOf(BadAnswer.class);
    }

    private static List<String> parse(byte[]... pieces) {
        var events = new ArrayList<String>();
        var parser = new SseParser(1 << 20, events::add);
        for (byte[] piece : pieces) {
            parser.feed(piece);
        }
        parser.end();
        return events;
    }
}
