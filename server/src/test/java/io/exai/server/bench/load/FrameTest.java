package io.exai.server.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 65_535, 65_536})
    void masksWhatAServerUnmasks(int length) {
        var payload = new byte[length];
        Arrays.fill(payload, (byte) 'x');
        assertThat(unmasked(Frame.masked(Frame.TEXT, payload), length)).isEqualTo(payload);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 6})
    void waitsForAWholeFrame(int length) {
        var hello = new byte[] {(byte) 0x81, 5, 'h', 'e', 'l', 'l', 'o'};
        assertThat(Frame.read(hello, 0, length)).isNull();
    }

    @Test
    void readsALongFrameBehindAnother() {
        var bytes = new byte[2 + 4 + 300];
        bytes[0] = (byte) 0x89;
        bytes[2] = (byte) 0x81;
        bytes[3] = 126;
        bytes[4] = 300 >> 8;
        bytes[5] = (byte) 300;
        assertThat(Frame.read(bytes, 0, bytes.length)).isEqualTo(new Frame(Frame.PING, true, 2, 2));
        assertThat(Frame.read(bytes, 2, bytes.length)).isEqualTo(new Frame(Frame.TEXT, true, 6, 306));
    }

    private static byte[] unmasked(byte[] frame, int length) {
        var begin = frame.length - length;
        var payload = Arrays.copyOfRange(frame, begin, frame.length);
        for (int i = 0; i < length; i++) {
            payload[i] ^= frame[begin - 4 + (i & 3)];
        }
        return payload;
    }
}
