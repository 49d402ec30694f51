package io.exai.server.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where lines begin and end, and which are too long. */
class LineReaderTest {
    private static final int LIMIT = 8;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "one\ntwo\n",
                "one\r\ntwo\r\n",
                "one\ntwo",
                "\n\none\n\r\n\ntwo\n\n",
                "one\r\n\r\ntwo\r",
                "one\ntwo\r\n"
            })
    void cutsAtEveryKindOfEnd(String input) throws Exception {
        assertThat(whole(input)).containsExactly("one", "two");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\r\n", "\n\r\n\n", "\r"})
    void findsNoLineWhereThereIsNone(String input) throws Exception {
        assertThat(all(in(input))).isEmpty();
    }

    @Test
    void keepsAReturnThatEndsNoLine() throws Exception {
        assertThat(whole("a\rb\r\r\n")).containsExactly("a\rb\r");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void cutsTheSameHoweverTheBytesArrive(int pieces) throws Exception {
        String input = "1234567\r\n12345678\n12345678\r\n";
        InputStream in = pieces == 0 ? in(input) : new Dripping(input, pieces);
        assertThat(all(in)).extracting(LineReaderTest::text).containsExactly("1234567", "12345678", "12345678");
    }

    @ParameterizedTest
    @ValueSource(strings = {"123456789\n", "123456789\r\n", "123456789", "123456789\r", "123456789abcdefghi\r\n"})
    void skipsWhatIsTooLongAndGoesOn(String input) throws Exception {
        String line = input.strip();
        for (InputStream in : List.of(in(input), new Dripping(input, 1), new Dripping(input, 4))) {
            assertThat(all(in)).singleElement().isInstanceOfSatisfying(Line.TooLong.class, big -> {
                assertThat(big.length()).isEqualTo(line.length());
                assertThat(big.head()).startsWith(line.getBytes(StandardCharsets.UTF_8));
                assertThat(big.tail()).isEqualTo(line.getBytes(StandardCharsets.UTF_8));
            });
        }
    }

    @Test
    void readsOnAfterALineThatIsTooLong() throws Exception {
        List<Line> lines = all(in("1234567890\r\n12\n1234567890\n345\n"));
        assertThat(lines).hasSize(4);
        assertThat(text(lines.get(1))).isEqualTo("12");
        assertThat(text(lines.get(3))).isEqualTo("345");
    }

    @Test
    void keepsOnlyTheEndsOfALongLine() throws Exception {
        String input = "begin" + "x".repeat(1_000_000) + "end\nnext\n";
        List<Line> lines = all(in(input));
        assertThat(lines.get(0)).isInstanceOfSatisfying(Line.TooLong.class, big -> {
            assertThat(big.length()).isEqualTo(1_000_008);
            assertThat(new String(big.head(), StandardCharsets.UTF_8))
                    .hasSize(LineReader.KEPT)
                    .startsWith("begin");
            assertThat(new String(big.tail(), StandardCharsets.UTF_8))
                    .hasSize(LineReader.KEPT)
                    .endsWith("end");
        });
        assertThat(text(lines.get(1))).isEqualTo("next");
    }

    @Test
    void leavesBytesThatAreNoTextAsTheyAre() throws Exception {
        byte[] input = {(byte) 0xff, (byte) 0xc0, 0, '\n'};
        Line line = new LineReader(new ByteArrayInputStream(input), LIMIT).next();
        assertThat(line)
                .isInstanceOfSatisfying(
                        Line.Whole.class, whole -> assertThat(whole.bytes()).containsExactly(0xff, 0xc0, 0));
    }

    private static List<String> whole(String input) throws IOException {
        return all(in(input)).stream().map(LineReaderTest::text).toList();
    }

    private static String text(Line line) {
        return new String(((Line.Whole) line).bytes(), StandardCharsets.UTF_8);
    }

    private static List<Line> all(InputStream in) throws IOException {
        LineReader reader = new LineReader(in, LIMIT);
        List<Line> lines = new ArrayList<>();
        for (Line line = reader.next(); line != null; line = reader.next()) {
            lines.add(line);
        }
        return lines;
    }

    private static InputStream in(String input) {
        return new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
    }

    /** Gives no more than a few bytes at a time. */
    private static final class Dripping extends InputStream {
        private final InputStream source;
        private final int most;

        Dripping(String input, int most) {
            this.source = in(input);
            this.most = most;
        }

        @Override
        public int read() throws IOException {
            return source.read();
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            return source.read(into, offset, Math.min(most, length));
        }
    }
}
