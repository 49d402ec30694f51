package io.exai.server.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.exai.server.setting.HttpSettings;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which hosts and origins come in. */
class OriginGuardTest {
    private final OriginGuard guard =
            guard(List.of("localhost", "[::1]", "Exai.Example"), List.of("https://app.example:8443"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "localhost:8079",
                "LOCALHOST:1",
                "[::1]",
                "[::1]:8079",
                "exai.example",
                "127.0.0.1:80"
            })
    void letsRequestsForOurNamesIn(String host) {
        assertThat(guard.refusal(host, null)).isEmpty();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "evil.example",
                "localhost.evil.example",
                "evil.example:8079",
                "localhost:8079:1",
                "[::2]",
                "0.0.0.0",
                "localhost.",
                "local host",
                "*",
            })
    void keepsRequestsForOtherNamesOut(@Nullable String host) {
        assertThat(guard.refusal(host, null))
                .get()
                .asString()
                .startsWith("Host: ")
                .contains("exai.http.allowed-hosts");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost",
                "http://localhost:3000",
                "https://LOCALHOST",
                "http://[::1]:5173",
                "https://app.example:8443",
                "https://APP.example:8443",
            })
    void letsOurOwnAndTheAllowedPagesIn(String origin) {
        assertThat(guard.refusal("localhost", origin)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "",
                "http://evil.example",
                "https://localhost.evil.example",
                "https://app.example",
                "http://app.example:8443",
                "https://localhost@evil.example",
                "https://evil.example#localhost",
                "https://evil.example/localhost",
                "localhost",
                "http://",
                "::",
                "*",
            })
    void keepsOtherPagesOut(String origin) {
        assertThat(guard.refusal("localhost", origin)).get().asString().startsWith("Origin: ");
    }

    @Test
    void letsAnyHostInWhenToldTo() {
        OriginGuard any = guard(List.of("*"), List.of());
        assertThat(any.refusal("evil.example", "http://other.example")).isEmpty();
        assertThat(any.refusal("exai_node_1:8079", null)).isEmpty();
        assertThat(any.refusal(null, null)).isPresent();
    }

    @Test
    void letsAnyOriginInWhenToldTo() {
        OriginGuard any = guard(List.of("localhost"), List.of("*"));
        assertThat(any.refusal("localhost", "http://evil.example")).isEmpty();
        assertThat(any.refusal("localhost", "null")).isEmpty();
        assertThat(any.refusal("evil.example", null)).isPresent();
    }

    @Test
    void showsOnlyTheBeginningOfALongName() {
        assertThat(guard.refusal("x".repeat(10_000), null)).get().asString().hasSizeLessThan(200);
    }

    private static OriginGuard guard(List<String> hosts, List<String> origins) {
        return new OriginGuard(new HttpSettings(
                "127.0.0.1", 0, hosts, origins, 10, Duration.ofSeconds(25), Duration.ofSeconds(1), false));
    }
}
