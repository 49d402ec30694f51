package io.exai.persistence.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.exai.persistence.fixture.TestClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What every payload store promises. */
abstract class PayloadStoreContract {
    final TestClock clock = new TestClock(Instant.parse("2026-01-01T00:00:00Z"));

    abstract PayloadStore store();

    @Test
    void givesBackWhatWasPut() throws Exception {
        var content = bytes("a result");
        var ref = await(store().put(content));
        assertThat(ref.size()).isEqualTo(8);
        assertThat(await(store().get(ref))).isEqualTo(content);
    }

    @Test
    void namesContentsByTheirSha256() throws Exception {
        assertThat(await(store().put(bytes("abc"))))
                .isEqualTo(new PayloadRef("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", 3));
    }

    @Test
    void keepsEmptyContents() throws Exception {
        assertThat(await(store().get(await(store().put(new byte[0]))))).isEmpty();
    }

    @Test
    void keepsContentsAroundThePieceSizeAndFarAboveIt() throws Exception {
        for (int size : new int[] {1 << 20, (1 << 20) + 1, 2 << 20, 9_999_999}) {
            var content = new byte[size];
            new Random(size).nextBytes(content);
            assertThat(Arrays.equals(await(store().get(await(store().put(content)))), content))
                    .as("%d bytes", size)
                    .isTrue();
        }
    }

    @Test
    void takesEqualContentsFromManyAtOnce() throws Exception {
        var puts = new ArrayList<CompletionStage<PayloadRef>>();
        for (int i = 0; i < 200; i++) {
            puts.add(store().put(bytes("same " + i % 5)));
        }
        var refs = new HashSet<PayloadRef>();
        for (var put : puts) {
            refs.add(await(put));
        }
        assertThat(refs).hasSize(5);
    }

    @Test
    void failsWithTheReferenceOfWhatIsMissing() {
        var ref = new PayloadRef("0".repeat(64), 12);
        assertThatThrownBy(() -> await(store().get(ref)))
                .rootCause()
                .isInstanceOfSatisfying(
                        PayloadMissing.class,
                        missing -> assertThat(missing.ref()).isEqualTo(ref))
                .hasMessageContaining("of 12 bytes: missing");
    }

    @Test
    void removesWhatNobodyPutAgain() throws Exception {
        var old = await(store().put(bytes("old")));
        var used = await(store().put(bytes("used")));
        clock.advance(Duration.ofHours(3));
        await(store().put(bytes("used")));
        assertThat(await(store().removeUnused(clock.instant().minus(Duration.ofHours(2)))))
                .isEqualTo(1);
        assertThat(await(store().get(used))).isEqualTo(bytes("used"));
        assertThatThrownBy(() -> await(store().get(old))).hasRootCauseInstanceOf(PayloadMissing.class);
    }

    @Test
    void takesAgainWhatWasRemoved() throws Exception {
        var ref = await(store().put(bytes("again")));
        clock.advance(Duration.ofHours(3));
        await(store().removeUnused(clock.instant()));
        assertThat(await(store().put(bytes("again")))).isEqualTo(ref);
        assertThat(await(store().get(ref))).isEqualTo(bytes("again"));
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static <T> T await(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
}
