package io.exai.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The name of a session inside. */
class SessionKeyTest {
    @Test
    void isTheSameForTheSameIdAndShowsNothingOfIt() {
        String id = "a".repeat(43);

        assertThat(SessionKey.of(id)).isEqualTo(SessionKey.of(id)).hasSize(22).doesNotContain("aaa");
        assertThat(SessionKey.of(id)).isNotEqualTo(SessionKey.of("a".repeat(42) + "b"));
    }
}
