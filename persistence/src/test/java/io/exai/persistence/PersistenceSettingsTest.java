package io.exai.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Tests {@link PersistenceSettings} and what is inside. */
final class PersistenceSettingsTest {
    private static final PostgresSettings POSTGRES =
            new PostgresSettings("jdbc:postgresql://db/exai?password=hidden", "exai", "secret", 8);
    private static final H2Settings H2 =
            new H2Settings(4, 64, 64, Duration.ofSeconds(1), Duration.ofMillis(20), Duration.ofSeconds(20));
    private static final PayloadSettings PAYLOAD = new PayloadSettings(32768, Duration.ofDays(7), Duration.ofHours(1));

    @Test
    void findsNothingWrongWithTheDefaults() {
        assertThat(new PersistenceSettings("h2", "./data", POSTGRES, H2, PAYLOAD).problems("exai.persistence"))
                .isEmpty();
        assertThat(new PersistenceSettings("postgres", "./data", POSTGRES, H2, PAYLOAD).problems("exai.persistence"))
                .isEmpty();
    }

    @Test
    void hasADefaultForEachComponent() {
        var config = ConfigFactory.parseResources("reference.conf").resolve().getConfig("exai.persistence");
        assertThat(config.getConfig("postgres").root().keySet())
                .containsExactlyInAnyOrder("url", "user", "password", "pool-size");
        assertThat(config.getConfig("h2").root().keySet())
                .containsExactlyInAnyOrder(
                        "pool-size",
                        "cache-size",
                        "compact-above-size",
                        "compact-interval",
                        "compact-step",
                        "compact-on-stop");
        assertThat(config.getConfig("payload").root().keySet())
                .containsExactlyInAnyOrder("inline-limit", "retention", "sweep-interval");
    }

    @Test
    void namesEachValueOutOfRange() {
        var h2 = new H2Settings(1, 0, 0, Duration.ZERO, Duration.ofSeconds(2), Duration.ofHours(1));
        var payload = new PayloadSettings(-1, Duration.ofHours(1), Duration.ofSeconds(1));
        var postgres = new PostgresSettings("mysql:?password=hidden", " ", "secret", 101);
        assertThat(new PersistenceSettings("mongo", "", postgres, h2, payload).problems("p"))
                .containsExactly(
                        "p.journal: mongo (expected: one of h2, postgres, r2dbc)",
                        "p.data-dir:  (expected: a folder)",
                        "p.postgres.url: mysql:?password=*** (expected: jdbc:postgresql://host:port/database)",
                        "p.postgres.user:   (expected: a name)",
                        "p.postgres.pool-size: 101 (expected: 2 to 100)",
                        "p.h2.pool-size: 1 (expected: 2 to 100)",
                        "p.h2.cache-size: 0 (expected: 1 to 4096)",
                        "p.h2.compact-above-size: 0 (expected: 1 to 100000)",
                        "p.h2.compact-interval: PT0S (expected: 100 ms to 1 h)",
                        "p.h2.compact-step: PT2S (expected: 1 ms to 1 s)",
                        "p.h2.compact-on-stop: PT1H (expected: 0 s to 10 min)",
                        "p.payload.inline-limit: -1 (expected: 0 to 1048576)",
                        "p.payload.retention: PT1H (expected: 2 h to 3650 d)",
                        "p.payload.sweep-interval: PT1S (expected: 1 min to 7 d)");
    }

    @Test
    void keepsPasswordsOutOfItsText() {
        assertThat(new PersistenceSettings("postgres", "./data", POSTGRES, H2, PAYLOAD))
                .asString()
                .doesNotContain("secret", "hidden");
    }
}
