package io.exai.server.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.exai.persistence.database.JournalProbe;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When the daemon is alive and when it is ready. */
class HealthTest {
    @ParameterizedTest
    @CsvSource({
        "true,  Up,      false, true",
        "false, Up,      false, false",
        "true,  Joining, false, false",
        "true,  Leaving, false, false",
        "true,  Up,      true,  false",
        "false, Removed, true,  false",
    })
    void isReadyWhenJournalAndClusterAreAndNobodyDrains(boolean journal, String member, boolean drain, boolean ready) {
        assertThat(health(journal, member, drain).ready())
                .succeedsWithin(java.time.Duration.ofSeconds(5))
                .satisfies(readiness -> {
                    assertThat(readiness.isReady()).isEqualTo(ready);
                    assertThat(readiness.body().path("status").asText()).isEqualTo(ready ? "ready" : "not ready");
                    assertThat(status(readiness, "journal")).isEqualTo(journal ? "up" : "down");
                    assertThat(status(readiness, "cluster")).isEqualTo(member.equals("Up") ? "up" : "down");
                    assertThat(status(readiness, "drain")).isEqualTo(drain ? "down" : "up");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"Up", "Joining", "Down"})
    void isAliveWhateverTheClusterSays(String member) {
        var body = health(false, member, true).alive();
        assertThat(body.path("status").asText()).isEqualTo("alive");
        assertThat(body.path("version").asText()).isEqualTo("1.2.3");
        assertThat(body.path("components").path("cluster").path("detail").asText())
                .isEqualTo(member);
    }

    @Test
    void tellsNothingOfTheFailureItself() {
        assertThat(health(false, "Up", false).ready())
                .succeedsWithin(java.time.Duration.ofSeconds(5))
                .satisfies(readiness -> assertThat(readiness.body().toString()).doesNotContain("secret"));
    }

    @ParameterizedTest
    @CsvSource({"true, false", "false, true"})
    void isNotReadyWhileMostOfTheClusterIsOutOfReach(boolean alone, boolean ready) {
        JournalProbe answers = () -> CompletableFuture.completedFuture(null);
        assertThat(new Health("1.2.3", answers, () -> "Up", () -> false, () -> alone).ready())
                .succeedsWithin(java.time.Duration.ofSeconds(5))
                .satisfies(readiness -> {
                    assertThat(readiness.isReady()).isEqualTo(ready);
                    assertThat(status(readiness, "cluster")).isEqualTo(ready ? "up" : "down");
                });
    }

    private static String status(Health.Readiness readiness, String component) {
        return readiness
                .body()
                .path("components")
                .path(component)
                .path("status")
                .asText();
    }

    private static Health health(boolean journal, String member, boolean drain) {
        JournalProbe probe = () -> journal
                ? CompletableFuture.completedFuture(null)
                : CompletableFuture.failedFuture(new IllegalStateException("secret"));
        return new Health("1.2.3", probe, () -> member, () -> drain, () -> false);
    }
}
