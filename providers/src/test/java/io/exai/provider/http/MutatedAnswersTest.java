package io.exai.provider.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.exai.provider.chat.ChatAnswer;
import io.exai.provider.chat.ChatOutcome;
import io.exai.provider.fixture.Contract;
import io.exai.provider.fixture.Reading;
import io.exai.provider.fixture.WireVendor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever arrives: one outcome, text or calls or a reason, the same however it was cut, and never an exception. */
class MutatedAnswersTest {
    private static final int ROUNDS = 600;

    /** Small, so that what is huge is beyond it. */
    private static final long MAX_SIZE = 12_000;

    @ParameterizedTest
    @EnumSource
    void readsEveryValidStream(WireVendor vendor) throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            long seed = new Random().nextLong();
            var random = new Random(seed);
            var stream = new RandomStream(vendor, random);
            byte[] bytes = stream.valid().getBytes(StandardCharsets.UTF_8);
            Reading reading = read(vendor, true, stream.pieces(bytes));
            String text = new JsonMapper().readValue('"' + stream.text() + '"', String.class);
            assertThat(reading.outcome())
                    .as("seed %d", seed)
                    .isInstanceOfSatisfying(
                            ChatAnswer.class,
                            answer -> assertThat(answer.text()).isEqualTo(text));
            assertThat(reading.said()).as("seed %d", seed).isEqualTo(text);
        }
    }

    @ParameterizedTest
    @EnumSource
    void makesOneHonestOutcomeOfEveryMutatedStream(WireVendor vendor) {
        List<byte[]> recorded = recordings(vendor, ".sse");
        for (int round = 0; round < ROUNDS; round++) {
            long seed = new Random().nextLong();
            var random = new Random(seed);
            var stream = new RandomStream(vendor, random);
            byte[] bytes = random.nextBoolean()
                    ? stream.valid().getBytes(StandardCharsets.UTF_8)
                    : recorded.get(random.nextInt(recorded.size()));
            assertHonest(vendor, true, stream, mutated(stream, random, bytes), seed);
        }
    }

    @ParameterizedTest
    @EnumSource
    void makesOneHonestOutcomeOfEveryMutatedDocument(WireVendor vendor) {
        List<byte[]> recorded = recordings(vendor, ".json");
        for (int round = 0; round < ROUNDS; round++) {
            long seed = new Random().nextLong();
            var random = new Random(seed);
            var stream = new RandomStream(vendor, random);
            byte[] bytes = recorded.get(random.nextInt(recorded.size()));
            assertHonest(vendor, false, stream, mutated(stream, random, bytes), seed);
        }
    }

    private static byte[] mutated(RandomStream stream, Random random, byte[] bytes) {
        byte[] mutated = bytes;
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            mutated = stream.mutated(mutated);
        }
        return mutated;
    }

    private static void assertHonest(WireVendor vendor, boolean events, RandomStream stream, byte[] bytes, long seed) {
        try {
            Reading whole = read(vendor, events, List.of(bytes));
            Reading parts = read(vendor, events, stream.pieces(bytes));
            assertThat(parts).as("seed %d", seed).matches(Reading::isHonest);
            assertThat(parts.outcome()).as("seed %d", seed).isEqualTo(whole.outcome());
            assertOnce(vendor, events, stream.pieces(bytes));
        } catch (RuntimeException broken) {
            throw new AssertionError("seed " + seed, broken);
        }
    }

    /** A reader that has an outcome stays with it, whatever comes. */
    private static void assertOnce(WireVendor vendor, boolean events, List<byte[]> pieces) {
        BodyReader reader = Reading.opener(vendor, events).open(Reading.origin(vendor), MAX_SIZE, piece -> {});
        ChatOutcome first = null;
        try {
            for (byte[] piece : pieces) {
                ChatOutcome now = reader.read(ByteString.fromArray(piece));
                assertThat(first == null || first == now).isTrue();
                first = now;
            }
            ChatOutcome last = reader.end();
            assertThat(first == null || first == last).isTrue();
        } catch (BadAnswer bad) {
            assertThat(bad.getMessage()).isNotBlank();
        }
    }

    private static Reading read(WireVendor vendor, boolean events, List<byte[]> chunks) {
        return Reading.of(Reading.opener(vendor, events), Reading.origin(vendor), MAX_SIZE, chunks);
    }

    private static List<byte[]> recordings(WireVendor vendor, String ending) {
        String folder = vendor.label() + "/answer";
        var recordings = new ArrayList<byte[]>();
        for (String name : Contract.names(folder, ending)) {
            if (!name.endsWith(".outcome")) {
                recordings.add(Contract.bytes(folder + '/' + name + ending));
            }
        }
        return recordings;
    }
}
