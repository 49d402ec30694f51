package io.exai.server.edge;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import org.apache.pekko.http.impl.engine.ws.FrameEvent;
import org.apache.pekko.http.impl.engine.ws.FrameStart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The frames that a server sends. */
class FramesTest {
    @Test
    void areWholeUnmaskedAndOfTheirKind() {
        assertFrame(Frames.text(new byte[3]), 1, 3);
        assertFrame(Frames.ping(new byte[8]), 9, 8);
        assertFrame(Frames.pong(new byte[125]), 10, 125);
        assertFrame(Frames.close(1000, ""), 8, 2);
    }

    @Test
    void carryTheCloseCodeBeforeTheReason() {
        FrameEvent close = Frames.close(4321, "bye");
        assertThat(close.data().slice(2, 5).decodeString(US_ASCII)).isEqualTo("bye");
        assertThat(((close.data().apply(0) & 0xff) << 8) | (close.data().apply(1) & 0xff))
                .isEqualTo(4321);
    }

    @ParameterizedTest
    @ValueSource(ints = {122, 123, 124, 1000})
    void cutAReasonToWhatAControlFrameHolds(int length) {
        assertThat(Frames.size(Frames.close(1000, "x".repeat(length)))).isEqualTo(2 + Math.min(123, length));
    }

    private static void assertFrame(FrameEvent frame, int opcode, int length) {
        assertThat(frame).isInstanceOfSatisfying(FrameStart.class, start -> {
            assertThat(start.header().opcode().code()).isEqualTo((byte) opcode);
            assertThat(start.header().fin()).isTrue();
            assertThat(start.header().mask().isEmpty()).isTrue();
            assertThat(start.header().length()).isEqualTo(length);
        });
    }
}
