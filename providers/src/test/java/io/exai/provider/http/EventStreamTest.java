package io.exai.provider.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.exai.provider.chat.ChatAnswer;
import io.exai.provider.chat.ChatOutcome;
import io.exai.provider.chat.Usage;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EventStreamTest {
    private static final ChatOutcome DONE = new ChatAnswer("Hi", null, "kimi", "m", "stop", Usage.NONE);

    private final List<String> heard = new ArrayList<>();
    private final EventStream stream = new EventStream(20, new Heard());

    @Test
    void comesToAnOutcomeWithinItsBoundWhateverFollowsInTheSameBytes() {
        assertThat(read("data:1\n\ndata:done\n\n" + "x".repeat(1000))).isEqualTo(DONE);
        assertThat(heard).containsExactly("1", "done");
    }

    @Test
    void readsOnBehindItsOutcomeUpToItsBoundAndThenNoMore() {
        assertThat(read("data:done\n\n")).isEqualTo(DONE);
        assertThat(read("xxxxxxxxx")).isEqualTo(DONE);
        assertThatThrownBy(() -> read("x"))
                .isInstanceOf(BadAnswer.class)
                .hasMessage("sent an answer larger than max-answer-size = 20");
    }

    @Test
    void hearsWhatIsWithinItsBoundAndThrowsForTheRest() {
        assertThatThrownBy(() -> read("data:1\n\ndata:123456\n\n")).isInstanceOf(BadAnswer.class);
        assertThat(heard).containsExactly("1");
    }

    private @Nullable ChatOutcome read(String bytes) {
        return stream.read(ByteString.fromString(bytes));
    }

    private final class Heard implements EventStream.Events {
        @Override
        public @Nullable ChatOutcome event(String data) {
            heard.add(data);
            return data.equals("done") ? DONE : null;
        }

        @Override
        public ChatOutcome end() {
            throw new AssertionError("nobody ended it");
        }
    }
}
