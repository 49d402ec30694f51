package io.exai.server.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Event ids lead back to the stream and the answer they came after. */
class EventIdsTest {
    @Test
    void leadsBackToTheLastAnswerBeforeTheEvent() {
        EventIds ids = new EventIds("stream_-1", 3);

        assertThat(EventIds.parse(ids.next(0))).hasValue(new EventIds.Position("stream_-1", 3));
        assertThat(EventIds.parse(ids.next(7))).hasValue(new EventIds.Position("stream_-1", 7));
        assertThat(EventIds.parse(ids.next(0))).hasValue(new EventIds.Position("stream_-1", 7));
        assertThat(EventIds.parse(ids.next(5))).hasValue(new EventIds.Position("stream_-1", 7));
    }

    @Test
    void givesNoIdTwice() {
        EventIds ids = new EventIds("s", 0);
        Set<String> given = new HashSet<>();
        for (int event = 0; event < 10_000; event++) {
            assertThat(given.add(ids.next(event / 100))).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "s",
                "s.1",
                "s..x",
                ".1.x",
                "s.-1.x",
                "s.1.X",
                "s.1.",
                "s.1234567890123456789.x",
                "s t.1.x",
                "s.1.x.y",
                "s.1.x\n",
                "\u0661.1.x",
                "s.\u0661.x"
            })
    void readsNothingElse(String id) {
        assertThat(EventIds.parse(id)).isEmpty();
    }

    @Test
    void readsNoStreamNameLongerThanOurs() {
        assertThat(EventIds.parse("s".repeat(64) + ".1.x")).isPresent();
        assertThat(EventIds.parse("s".repeat(65) + ".1.x")).isEmpty();
    }
}
