package io.exai.persistence.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.exai.persistence.conversation.ConversationEvent.Begun;
import io.exai.persistence.conversation.ConversationEvent.Forgotten;
import io.exai.persistence.conversation.ConversationEvent.TurnTaken;
import io.exai.persistence.conversation.ConversationState.Silent;
import io.exai.persistence.conversation.ConversationState.Talking;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Folding of events. */
class ConversationStateTest {
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

    @ParameterizedTest
    @ValueSource(ints = {1, 19, 20, 21, 45})
    void remembersTheNewestTwentyTurns(int count) {
        ConversationState state = new Begun("alice", AT).applyTo(new Silent());
        for (int number = 0; number < count; number++) {
            state = new TurnTaken(turn("call-" + number, "q" + number)).applyTo(state);
        }
        assertThat(((Talking) state).turns())
                .extracting(Turn::callKey)
                .containsExactlyElementsOf(IntStream.range(Math.max(0, count - 20), count)
                        .mapToObj(number -> "call-" + number)
                        .toList());
    }

    @Test
    void isSilentBeforeItBeginsAndAfterItIsForgotten() {
        assertThat(new TurnTaken(turn("1", "q")).applyTo(new Silent())).isEqualTo(new Silent());
        assertThat(new Forgotten(AT).applyTo(new Begun("alice", AT).applyTo(new Silent())))
                .isEqualTo(new Silent());
    }

    @ParameterizedTest
    @ValueSource(ints = {Turn.LONGEST - 1, Turn.LONGEST, Turn.LONGEST + 1, Turn.LONGEST * 3})
    void keepsBeginningAndEndOfATextThatIsTooLong(int length) {
        String text = "a".repeat(length / 2) + "z".repeat(length - length / 2);
        Turn turn = turn("1", text);
        assertThat(turn.question().length()).isLessThanOrEqualTo(Turn.LONGEST);
        assertThat(turn.question()).startsWith("aaaa").endsWith("zzzz");
        assertThat(turn.question().equals(text)).isEqualTo(length <= Turn.LONGEST);
    }

    private static Turn turn(String callKey, String question) {
        return new Turn(callKey, "chat", "sandbox-echo", question, "answer", AT);
    }
}
