package io.exai.server.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A sealed state opens for whom, for what and as long as it was sealed; for nothing else. */
class StateSealTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration LIFE = Duration.ofHours(1);
    private static final String STATE = "round 2, \u4e16\u754c";

    private final String sealed = seal(0, NOW).seal("alice", "tool", "print", STATE);

    @Test
    void opensOnAnotherNodeWithTheSameKey() {
        assertThat(seal(0, NOW).open("alice", "tool", "print", sealed)).hasValue(STATE);
        assertThat(seal(1, NOW).open("alice", "tool", "print", sealed)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "alicf,tool,print",
        "alice,tool2,print",
        "alice,tool,prins",
        "alicet,ool,print",
        "alice,toolp,rint",
        "'',tool,print"
    })
    void opensForNobodyAndNothingElse(String principal, String name, String fingerprint) {
        assertThat(seal(0, NOW).open(principal, name, fingerprint, sealed)).isEmpty();
    }

    @Test
    void opensForItsTimeToTheMillisecond() {
        assertThat(seal(0, NOW.plus(LIFE)).open("alice", "tool", "print", sealed))
                .isPresent();
        assertThat(seal(0, NOW.plus(LIFE).plusMillis(1)).open("alice", "tool", "print", sealed))
                .isEmpty();
    }

    @Test
    void opensNoMoreWhenOneBitIsAnother() {
        byte[] bytes = Base64.getUrlDecoder().decode(sealed);
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(open(bytes)).as("bit %d", bit).isFalse();
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
        }
        assertThat(open(bytes)).isTrue();
    }

    @Test
    void opensNoMoreWhenItIsCutOrLonger() {
        byte[] bytes = Base64.getUrlDecoder().decode(sealed);
        for (int length = 0; length < bytes.length; length++) {
            assertThat(open(java.util.Arrays.copyOf(bytes, length)))
                    .as("%d bytes", length)
                    .isFalse();
        }
        assertThat(open(java.util.Arrays.copyOf(bytes, bytes.length + 1))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "====", "not base64!", "\u4e16\u754c", "null"})
    void opensNothingThatWasNeverSealed(String forged) {
        assertThat(seal(0, NOW).open("alice", "tool", "print", forged)).isEmpty();
    }

    @Test
    void tellsNothingOfTheStateAndNeverTheSameTwice() {
        String again = seal(0, NOW).seal("alice", "tool", "print", STATE);

        assertThat(again).isNotEqualTo(sealed).matches("[A-Za-z0-9_-]+");
        assertThat(new String(Base64.getUrlDecoder().decode(again), UTF_8)).doesNotContain("round");
    }

    @Test
    void carriesStatesOfAnySize() {
        for (String state : new String[] {"", "x".repeat(100_000)}) {
            String longOne = seal(0, NOW).seal("alice", "tool", "print", state);
            assertThat(seal(0, NOW).open("alice", "tool", "print", longOne)).hasValue(state);
        }
    }

    @Test
    void wantsAKeyOfItsLength() {
        assertThatThrownBy(() -> new StateSeal(new byte[16], LIFE, Clock.systemUTC()))
                .hasMessage("key: 16 bytes (expected: 32)");
    }

    private static boolean open(byte[] bytes) {
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        return seal(0, NOW).open("alice", "tool", "print", text).isPresent();
    }

    private static StateSeal seal(int key, Instant now) {
        byte[] bytes = new byte[StateSeal.KEY_BYTES];
        bytes[0] = (byte) key;
        return new StateSeal(bytes, LIFE, Clock.fixed(now, ZoneOffset.UTC));
    }
}
