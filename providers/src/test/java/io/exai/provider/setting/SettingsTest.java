package io.exai.provider.setting;

import static org.assertj.core.api.Assertions.assertThat;

import io.exai.provider.fixture.Samples;
import io.exai.provider.fixture.SandboxSample;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    private static final String PATH = "exai.providers";

    @Test
    void findsNothingWrongWithTheDefaults() {
        assertThat(Samples.settings(Samples.sandbox()).problems(PATH)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0, false", "1, true", "2, true", "9999, true", "10000, true", "10001, false"})
    void boundsMaxInFlight(int value, boolean good) {
        check(new Gate(value, 1, Duration.ofSeconds(1)), good, "x.max-in-flight: " + value + " (expected: 1 to 10000)");
    }

    @ParameterizedTest
    @CsvSource({"-1, false", "0, true", "1, true", "99999, true", "100000, true", "100001, false"})
    void boundsMaxWaiting(int value, boolean good) {
        check(new Gate(1, value, Duration.ofSeconds(1)), good, "x.max-waiting: " + value + " (expected: 0 to 100000)");
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, false, 0ms",
        "PT0.001S, true, ''",
        "PT9M59.999S, true, ''",
        "PT10M, true, ''",
        "PT10M0.001S, false, 600001ms",
        "PT0.0000005S, false, 500ns",
        "PT11M, false, 11m",
        "PT10M1S, false, 601s",
    })
    void boundsMaxWait(Duration value, boolean good, String shown) {
        check(new Gate(1, 1, value), good, "x.max-wait: " + shown + " (expected: 1ms to 10m)");
    }

    @ParameterizedTest
    @CsvSource({
        "http://h, true",
        "HTTPS://h:1/a/b/, true",
        "'', true",
        "' http://h ', true",
        "ftp://h, false",
        "h/v1, false",
        "http:///v1, false",
        "http://u:p@h, false",
        "http://h?q, false",
        "http://h#f, false",
        "http://h:65536, false",
        "http://h h, false",
    })
    void takesHttpAddressesOnly(String value, boolean good) {
        String problem = "x.base-url: " + value + " (expected: an http or https URL without user, query and fragment)";
        assertThat(Samples.vendor(null, value).problems("x")).isEqualTo(good ? List.of() : List.of(problem));
    }

    @ParameterizedTest
    @ValueSource(strings = {"two words", "naïve", "tab\there"})
    void refusesAKeyThatFitsNoHeaderAndDoesNotQuoteIt(String key) {
        assertThat(Samples.vendor(key, null).problems("x"))
                .containsExactly("x.api-key: *** (expected: printable ASCII without spaces)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "on", "off"})
    void takesEachSwitch(String value) {
        assertThat(new SandboxSample().enabled(value).build().problems("x")).isEmpty();
        assertThat(Samples.vendor(value, null, null, List.of(), 1).problems("x"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"-0.1, false", "0, true", "0.5, true", "1, true", "1.1, false"})
    void boundsEveryRate(double value, boolean good) {
        checkRate(new SandboxSample().errorRate(value), good, "error-rate", value);
        checkRate(new SandboxSample().rateLimitRate(value), good, "rate-limit-rate", value);
        checkRate(new SandboxSample().stallRate(value), good, "stall-rate", value);
        checkRate(new SandboxSample().breakRate(value), good, "break-rate", value);
    }

    @Test
    void namesWhateverIsWrongWithTheSandbox() {
        var sandbox = new SandboxSample()
                .enabled("maybe")
                .maxInFlight(0)
                .maxWaiting(-1)
                .maxWait(Duration.ZERO)
                .latency(Duration.ofMinutes(11))
                .tokenRate(-1)
                .retryAfter(Duration.ofSeconds(-1))
                .logLimit(-1)
                .build();
        assertThat(sandbox.problems("x"))
                .containsExactly(
                        "x.enabled: maybe (expected: auto, on, off)",
                        "x.max-in-flight: 0 (expected: 1 to 10000)",
                        "x.max-waiting: -1 (expected: 0 to 100000)",
                        "x.max-wait: 0ms (expected: 1ms to 10m)",
                        "x.latency: 11m (expected: 0ms to 10m)",
                        "x.token-rate: -1.0 (expected: 0.0 to 100000.0)",
                        "x.retry-after: -1s (expected: 0ms to 60m)",
                        "x.log-limit: -1 (expected: 0 to 1000000)");
    }

    @ParameterizedTest
    @CsvSource({"-1, false", "0, true", "1, true", "999999, true", "1000000, true", "1000001, false"})
    void boundsTheLog(int value, boolean good) {
        assertThat(Samples.sandbox().withLogLimit(value).problems("x").isEmpty())
                .isEqualTo(good);
    }

    @ParameterizedTest
    @CsvSource({
        "9, 60000, 1024, false",
        "10, 60000, 1024, true",
        "60000, 60000, 1024, true",
        "60001, 60000, 1024, false",
        "5000, 9, 1024, false",
        "5000, 10, 1024, true",
        "5000, 3600000, 1024, true",
        "5000, 3600001, 1024, false",
        "5000, 60000, 1023, false",
        "5000, 60000, 1073741824, true",
        "5000, 60000, 1073741825, false",
    })
    void boundsTimesAndSizes(long connect, long idle, long size, boolean good) {
        var settings = new ProviderSettings(
                "",
                "",
                List.of(),
                List.of(),
                Samples.vendor(null, null),
                Map.of(),
                Samples.sandbox(),
                Samples.ROUTE,
                Samples.ONCE,
                Samples.BREAKER,
                Duration.ofMillis(connect),
                Duration.ofMillis(idle),
                size);
        assertThat(settings.problems(PATH)).hasSize(good ? 0 : 1);
    }

    @Test
    void putsThePathOfAProviderBeforeItsProblems() {
        var bad = Samples.vendor("maybe", null, null, List.of(), 0);
        var settings =
                Samples.settings("", bad, Samples.vendor(null, null), Samples.vendor(null, null), Samples.sandbox());
        assertThat(settings.problems(PATH))
                .containsExactly(
                        "exai.providers.vendors.kimi.enabled: maybe (expected: auto, on, off)",
                        "exai.providers.vendors.kimi.max-in-flight: 0 (expected: 1 to 10000)");
    }

    @ParameterizedTest
    @CsvSource({"-1, false", "0, true", "1, true", "1000000000, true", "1000000001, false"})
    void boundsWhatIsSentInAMinute(int value, boolean good) {
        var vendor = new VendorSettings("auto", null, null, List.of(), 1, 1, Duration.ofSeconds(1), value, value);
        assertThat(vendor.problems("x")).hasSize(good ? 0 : 2);
    }

    @Test
    void namesWhateverIsWrongWithRouteRetryAndBreaker() {
        var never = Duration.ofSeconds(-1);
        assertThat(new RouteSettings("maybe", 0, never, -1, true).problems("x"))
                .containsExactly(
                        "x.fallback: maybe (expected: always, auto, never)",
                        "x.models: 0 (expected: 1 to 20)",
                        "x.cache: -1s (expected: 0ms to 60m)",
                        "x.max-cost: -1.0 (expected: 0.0 to 1000000.0)");
        assertThat(new RetrySettings(0, Duration.ofSeconds(2), Duration.ofSeconds(1)).problems("x"))
                .containsExactly("x.attempts: 0 (expected: 1 to 20)", "x.cap: 1s (expected: 2s to 10m)");
        assertThat(new BreakerSettings(0, 0, 0, Duration.ZERO, Duration.ZERO).problems("x"))
                .hasSize(5)
                .first()
                .isEqualTo("x.failures: 0 (expected: 1 to 10000)");
    }

    @Test
    void showsNoKey() {
        var settings = Samples.settings(
                "",
                Samples.vendor("hush-1", "http://a"),
                Samples.vendor("hush-2", null),
                Samples.custom("hush-3", "http://b", "m"),
                Samples.sandbox());
        assertThat(settings.toString() + new Route("kimi", "http://a", "hush-4"))
                .doesNotContain("hush")
                .contains("***");
    }

    @Test
    void knowsTheGateOfEachProvider() {
        var settings = Samples.settings(Samples.sandbox("auto", 7));
        assertThat(settings.gate("sandbox").maxInFlight()).isEqualTo(7);
        assertThat(settings.gate("kimi").maxInFlight()).isEqualTo(6);
        assertThat(settings.gate("glm").maxInFlight()).isEqualTo(6);
        assertThat(settings.gate("custom").maxInFlight()).isEqualTo(24);
        assertThat(settings.gate("other")).isEqualTo(settings.vendor().gate());
    }

    private static void check(Gate gate, boolean good, String problem) {
        assertThat(gate.problems("x")).isEqualTo(good ? List.of() : List.of(problem));
    }

    private static void checkRate(SandboxSample sample, boolean good, String key, double value) {
        String problem = "x." + key + ": " + value + " (expected: 0.0 to 1.0)";
        assertThat(sample.build().problems("x")).isEqualTo(good ? List.of() : List.of(problem));
    }
}
