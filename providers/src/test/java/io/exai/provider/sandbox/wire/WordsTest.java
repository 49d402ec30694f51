package io.exai.provider.sandbox.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordsTest {
    @Test
    void countsRunsOfAnythingButWhiteSpace() {
        assertThat(Words.count("")).isZero();
        assertThat(Words.count(" \n\t")).isZero();
        assertThat(Words.count("one")).isEqualTo(1);
        assertThat(Words.count("  one two\nthree ")).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"one", "one two", "one  two\nthree ", "[sandbox] You said: "})
    void splitsIntoAsManyAsItCountsAndLosesNothing(String text) {
        assertThat(Words.split(text)).hasSize(Words.count(text));
        assertThat(String.join("", Words.split(text))).isEqualTo(text);
    }
}
