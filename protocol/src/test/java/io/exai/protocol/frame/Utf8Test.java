package io.exai.protocol.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Strict UTF-8 at every boundary. */
class Utf8Test {
    @ParameterizedTest
    @ValueSource(ints = {0, 0x7f, 0x80, 0x7ff, 0x800, 0xd7ff, 0xe000, 0xfffd, 0xffff, 0x10000, 0x10ffff})
    void acceptsEveryBoundaryOfTheValidRanges(int codePoint) {
        byte[] utf8 = Character.toString(codePoint).getBytes(StandardCharsets.UTF_8);
        assertThat(Utf8.isValid(utf8, 0, utf8.length)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "80", // a continuation byte alone
                "bf",
                "c080", // overlong NUL
                "c1bf", // overlong, two bytes
                "e08080", // overlong, three bytes
                "e09fbf",
                "f0808080", // overlong, four bytes
                "f08fbfbf",
                "eda080", // first surrogate
                "edbfbf", // last surrogate
                "eda0bdedb880", // a pair of surrogates, CESU-8
                "f4908080", // beyond U+10FFFF
                "f5808080",
                "f8888080",
                "fe",
                "ff",
                "c328", // no continuation byte
                "e28228",
                "f0288cbc",
            })
    void refusesWhatIsNotUtf8(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        assertThat(Utf8.isValid(bytes, 0, bytes.length)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"é", "€", "😀"})
    void refusesEveryTruncationOfACharacter(String character) {
        byte[] whole = ("ascii " + character).getBytes(StandardCharsets.UTF_8);
        for (int length = 7; length < whole.length; length++) {
            assertThat(Utf8.isValid(whole, 0, length)).as("%d bytes", length).isFalse();
        }
        assertThat(Utf8.isValid(whole, 0, whole.length)).isTrue();
    }

    @Test
    void looksOnlyAtTheGivenRange() {
        byte[] bytes = new byte[10];
        Arrays.fill(bytes, (byte) 0xff);
        bytes[4] = 'x';
        assertThat(Utf8.isValid(bytes, 4, 1)).isTrue();
        assertThat(Utf8.isValid(bytes, 4, 2)).isFalse();
        assertThat(Utf8.isValid(bytes, 3, 2)).isFalse();
    }

    @Test
    void acceptsNothingAtAll() {
        assertThat(Utf8.isValid(new byte[0], 0, 0)).isTrue();
    }
}
