package io.exai.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Digests of texts. */
class FingerprintTest {
    @Test
    void is32HexadecimalDigitsAndAlwaysTheSame() {
        assertThat(Fingerprint.of("chat", "{}")).matches("[0-9a-f]{32}").isEqualTo(Fingerprint.of("chat", "{}"));
    }

    @Test
    void keepsListsOfTextsApart() {
        assertThat(new String[] {
                    Fingerprint.of(),
                    Fingerprint.of(""),
                    Fingerprint.of("", ""),
                    Fingerprint.of("ab"),
                    Fingerprint.of("a", "b"),
                    Fingerprint.of("", "ab"),
                    Fingerprint.of("ab", ""),
                    Fingerprint.of("b", "a"),
                })
                .doesNotHaveDuplicates();
    }
}
