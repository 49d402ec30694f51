package io.exai.protocol.op;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Nonsense is read as what it is, and never throws. */
class OpFuzzTest {
    private static final int MESSAGES = 50_000;
    private static final List<String> SEEDS = List.of(
            "{\"op\":\"hello\",\"session_id\":\"s\",\"token\":\"t\"}",
            "{\"op\":\"call_tool\",\"request_id\":\"r\",\"name\":\"chat\",\"arguments\":{\"a\":[1,{\"b\":null}]}}",
            "{\"op\":\"cancel\",\"request_id\":12345678901234567890}",
            "{\"op\":\"rotate_token\",\"old\":\"a\",\"new\":\"b\\u00e9\\ud83d\"}");

    private final Random random = new Random(20261120);

    @Test
    void neverThrowsWhateverTheBytes() {
        for (int count = 0; count < MESSAGES; count++) {
            byte[] message = mutated(SEEDS.get(random.nextInt(SEEDS.size())).getBytes(UTF_8));
            OpFrame frame = OpReader.read(message);
            assertThat(frame).isNotNull();
            if (!(frame instanceof OpFrame.Malformed)) {
                assertThat(OpPeek.of(message).op()).isNotNull();
            }
        }
    }

    private byte[] mutated(byte[] message) {
        byte[] changed = java.util.Arrays.copyOf(message, message.length - random.nextInt(3) % message.length);
        for (int change = random.nextInt(5); change > 0; change--) {
            changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
        }
        return changed;
    }
}
