package io.exai.provider.sandbox.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.exai.provider.sandbox.wire.Dialect;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FileStoreTest {
    private final FileStore store = new FileStore(3, 10);

    @Test
    void dropsTheOldestForWantOfBytes() {
        add(4);
        add(4);
        add(4);
        assertThat(store.list(Dialect.KIMI))
                .extracting(StoredFile::id)
                .containsExactly("file-sandbox-2", "file-sandbox-3");
    }

    @Test
    void dropsTheOldestForWantOfPlaces() {
        for (int i = 0; i < 4; i++) {
            add(1);
        }
        assertThat(store.list(Dialect.KIMI)).hasSize(3);
        assertThat(store.find(Dialect.KIMI, "file-sandbox-1")).isNull();
    }

    @Test
    void takesNothingLargerThanItself() {
        add(10);
        assertThat(add(11)).isNull();
        assertThat(store.list(Dialect.KIMI)).hasSize(1);
    }

    @Test
    void hasRoomAgainAfterADelete() {
        add(6);
        store.remove("file-sandbox-1");
        store.remove("file-sandbox-1");
        add(5);
        add(5);
        assertThat(store.list(Dialect.KIMI)).hasSize(2);
    }

    private @Nullable StoredFile add(int size) {
        return store.add(Dialect.KIMI, "name", "file-extract", new byte[size], Instant.EPOCH);
    }
}
