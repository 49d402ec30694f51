package io.exai.server.edge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.exai.server.edge.ClientFrames.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However the bytes arrive and whatever they are, the events are the same and nothing is thrown. */
class FrameAssemblerFuzzTest {
    private static final int LIMIT = 60;

    @Test
    void makesTheSameEventsWhereverTheDataAreSplit() {
        List<Frame> frames = List.of(
                Frame.text("größe €😀 ").unfinished(),
                new Frame(9, "ping payload".getBytes(UTF_8)),
                Frame.more("and the rest"),
                Frame.text("single message"),
                Frame.close(1000, "bye"));
        List<String> expected =
                List.of("ping ping payload", "text größe €😀 and the rest", "text single message", "closed 1000");
        for (int piece = 0; piece < 30; piece++) {
            ClientFrames client = new ClientFrames(LIMIT);
            for (Frame frame : frames) {
                client.sendIn(piece, frame);
            }
            assertThat(client.events()).as("pieces of %d bytes", piece).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void makesTheSameEventsOfRandomFramesInAnyPieces(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            List<Frame> frames = frames(random);
            ClientFrames whole = new ClientFrames(LIMIT);
            ClientFrames pieces = new ClientFrames(LIMIT);
            for (Frame frame : frames) {
                whole.send(frame);
                pieces.sendIn(random.nextInt(5), frame);
            }
            assertThat(pieces.events()).isEqualTo(whole.events());
            assertNothingFollowsAViolation(whole.events());
        }
    }

    private static void assertNothingFollowsAViolation(List<String> events) {
        for (int i = 0; i < events.size() - 1; i++) {
            assertThat(events.get(i)).doesNotStartWith("violation");
        }
    }

    private static List<Frame> frames(Random random) {
        List<Frame> frames = new ArrayList<>();
        for (int count = 1 + random.nextInt(8); count > 0; count--) {
            frames.add(frame(random));
        }
        return frames;
    }

    /** Mostly legal, so that the rare violation comes at any point of a conversation. */
    private static Frame frame(Random random) {
        int[] likely = {1, 1, 0, 0, 9, 10, 8};
        int opcode = random.nextInt(20) == 0 ? random.nextInt(16) : likely[random.nextInt(likely.length)];
        byte[] payload = new byte[random.nextInt(30)];
        for (int i = 0; i < payload.length; i++) {
            payload[i] = (byte) (random.nextInt(50) == 0 ? random.nextInt(256) : 'a' + random.nextInt(26));
        }
        return new Frame(
                opcode, opcode >= 8 || random.nextBoolean(), random.nextInt(50) == 0, random.nextInt(), payload);
    }
}
