package io.exai.server.flight;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** Answers that this node remembers; any thread may ask. Long ones count as several. */
final class ResultMemory {
    private static final int CHARACTERS_PER_ENTRY = 4096;

    private final Cache<String, Kept> answers;
    private final Clock clock;

    ResultMemory(int entries, Clock clock) {
        this.clock = clock;
        this.answers = Caffeine.newBuilder()
                .maximumWeight(entries)
                .weigher((String key, Kept kept) -> 1 + kept.answer().length() / CHARACTERS_PER_ENTRY)
                .executor(Runnable::run)
                .build();
    }

    @Nullable
    Kept find(String key) {
        Kept kept = answers.getIfPresent(key);
        if (kept != null && !clock.instant().isBefore(kept.until())) {
            answers.invalidate(key);
            return null;
        }
        return kept;
    }

    void keep(String key, Kept kept) {
        if (clock.instant().isBefore(kept.until())) {
            answers.put(key, kept);
        }
    }
}
