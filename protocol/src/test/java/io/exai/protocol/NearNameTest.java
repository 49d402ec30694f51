package io.exai.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a mistyped name is taken for. */
class NearNameTest {
    private static final List<String> TOOLS = List.of("chat", "listmodels", "status", "version");

    @ParameterizedTest
    @CsvSource({
        "chot, chat", // within a third, at least one
        "CHAT, chat",
        "chatt, chat",
        "versoin, version",
        "list, listmodels", // a part of it
        "exai-status-now, status", // contains it
        "lismodel, listmodels",
    })
    void findsWhatAMistypedNameMeant(String given, String meant) {
        assertThat(NearName.of(given, TOOLS)).contains(meant);
    }

    @ParameterizedTest
    @CsvSource({"xyz", "hello world", "sta12345"})
    void findsNothingForWhatIsFarFromAll(String given) {
        assertThat(NearName.of(given, TOOLS)).isEmpty();
    }

    @Test
    void findsNothingForAnEmptyName() {
        assertThat(NearName.of("", TOOLS)).isEmpty();
    }

    @Test
    void comparesNamesOf128CharactersAndNoLongerOnes() {
        String longest = "a".repeat(128);
        assertThat(NearName.of(longest, List.of(longest))).contains(longest);
        assertThat(NearName.of(longest + "a", List.of(longest))).isEmpty();
    }

    @Test
    void takesTheFirstByAlphabetOfTwoEquallyNearNames() {
        assertThat(NearName.of("kimi-k3", List.of("kimi-k2", "kimi-k1"))).contains("kimi-k1");
    }

    @Test
    void findsNothingAmongNoNames() {
        assertThat(NearName.of("chat", List.of())).isEmpty();
    }

    @Test
    void hintsAtTheNearestNameOrAtAll() {
        assertThat(NearName.hint("chatt", TOOLS)).isEqualTo("did you mean chat?");
        assertThat(NearName.hint("xyz", TOOLS)).isEqualTo("one of chat, listmodels, status, version");
        assertThat(NearName.hint("xyz", List.of())).isEqualTo("none");
    }
}
