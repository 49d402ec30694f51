package io.exai.provider.kimi;

import static org.assertj.core.api.Assertions.assertThat;

import io.exai.provider.chat.Abilities;
import io.exai.provider.chat.ChatMessage;
import io.exai.provider.chat.ChatRequest;
import io.exai.provider.chat.Role;
import io.exai.provider.fixture.HandClock;
import io.exai.provider.fixture.Questions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CacheTokensTest {
    private final HandClock clock = new HandClock();
    private final CacheTokens tokens = new CacheTokens(clock);

    @ParameterizedTest
    @CsvSource({"1799, true", "1800, false", "1801, false"})
    void forgetsATokenAtTheEndOfItsLife(int seconds, boolean known) {
        tokens.keep("a", "token");
        clock.pass(Duration.ofSeconds(seconds));
        assertThat(tokens.find("a").isPresent()).isEqualTo(known);
    }

    @ParameterizedTest
    @CsvSource({"255, true", "256, true", "257, false"})
    void forgetsTheLeastUsedBeyondItsMost(int kept, boolean known) {
        for (int i = 0; i < kept; i++) {
            tokens.keep("key-" + i, "token");
        }
        assertThat(tokens.find("key-0").isPresent()).isEqualTo(known);
    }

    @Test
    void keepsWhatIsUsedAndTakesTheNewestToken() {
        for (int i = 0; i < CacheTokens.MOST; i++) {
            tokens.keep("key-" + i, "old");
        }
        tokens.find("key-0");
        tokens.keep("key-1", "new");
        tokens.keep("one more", "token");
        assertThat(tokens.find("key-0")).contains("old");
        assertThat(tokens.find("key-1")).contains("new");
        assertThat(tokens.find("key-2")).isEmpty();
    }

    @Test
    void hasNoKeyForAQuestionWithoutAScope() {
        assertThat(CacheTokens.key(Questions.plain("kimi-latest"))).isEmpty();
    }

    @Test
    void tellsScopesModelsRolesAndWordsApart() {
        List<ChatMessage> asked = List.of(new ChatMessage(Role.USER, "a"));
        assertThat(List.of(
                        key("m", "alice:chat", asked),
                        key("m", "bob:chat", asked),
                        key("n", "alice:chat", asked),
                        key("m", "alice:chat", List.of(new ChatMessage(Role.SYSTEM, "a"))),
                        key("m", "alice:chat", List.of(new ChatMessage(Role.USER, "b"))),
                        key("m", "alice:chat", List.of())))
                .doesNotHaveDuplicates()
                .allSatisfy(key -> assertThat(key.orElseThrow()).matches("[0-9a-f]{32}"));
    }

    @ParameterizedTest
    @CsvSource({"2046, false", "2047, false", "2048, true", "2049, true"})
    void looksAtTheFirstCharactersOfAMessage(int same, boolean alike) {
        String beginning = "x".repeat(same);
        var one = key("m", "s", List.of(new ChatMessage(Role.USER, beginning + "1")));
        var other = key("m", "s", List.of(new ChatMessage(Role.USER, beginning + "2")));
        assertThat(one.equals(other)).isEqualTo(alike);
    }

    @ParameterizedTest
    @CsvSource({"4, false", "5, false", "6, true", "7, true"})
    void looksAtTheFirstMessages(int same, boolean alike) {
        assertThat(key("m", "s", messages(same, "1")).equals(key("m", "s", messages(same, "2"))))
                .isEqualTo(alike);
    }

    @ParameterizedTest
    @ValueSource(ints = {2047, 2048})
    void doesNotStumbleOverHalfACharacter(int before) {
        assertThat(key("m", "s", List.of(new ChatMessage(Role.USER, "x".repeat(before) + "😀"))))
                .isPresent();
    }

    private static List<ChatMessage> messages(int same, String last) {
        var messages = new ArrayList<ChatMessage>();
        for (int i = 0; i < same; i++) {
            messages.add(new ChatMessage(Role.USER, "same"));
        }
        messages.add(new ChatMessage(Role.USER, last));
        return messages;
    }

    private static Optional<String> key(String model, String scope, List<ChatMessage> messages) {
        ChatRequest request = Questions.ask(model, messages, new Abilities(null, 0, false, List.of(), scope));
        return CacheTokens.key(request);
    }
}
