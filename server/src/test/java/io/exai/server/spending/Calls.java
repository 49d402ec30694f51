package io.exai.server.spending;

import io.exai.persistence.usage.UsageEntry;
import java.time.Instant;

/** Calls that cost something. */
final class Calls {
    static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    private Calls() {}

    static UsageEntry of(String id, String principal, long costNanos) {
        return at(NOW, id, principal, costNanos);
    }

    static UsageEntry at(Instant at, String id, String principal, long costNanos) {
        return new UsageEntry(
                id, at, principal, "session", "chat", "", "kimi", "k2", 100, 10, 5, costNanos, 1, "ok", 9, 3);
    }
}
