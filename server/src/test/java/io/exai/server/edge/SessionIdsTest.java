package io.exai.server.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The form of session ids. */
class SessionIdsTest {
    @Test
    void areWellFormedAndNeverTheSame() {
        assertThat(Stream.generate(SessionIds::next).limit(1000))
                .allMatch(SessionIds::isWellFormed)
                .doesNotHaveDuplicates();
    }

    @Test
    void areNearWhereOneCanBeFoundAndAnyOtherwise() {
        assertThat(SessionIds.next(id -> id.matches("[A-P].*"))).matches("[A-P].*");
        assertThat(SessionIds.next(id -> false)).matches(SessionIds::isWellFormed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "abc",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", // 42
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", // 44
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa=",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaü",
            })
    void refuseAnyOtherForm(String id) {
        assertThat(SessionIds.isWellFormed(id)).isFalse();
    }

    @Test
    void acceptTheWholeAlphabet() {
        assertThat(SessionIds.isWellFormed("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnop-"))
                .isTrue();
        assertThat(SessionIds.isWellFormed("qrstuvwxyz0123456789-_000000000000000000000"))
                .isTrue();
    }
}
