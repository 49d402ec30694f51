package io.exai.provider.setting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.exai.provider.fixture.Samples;
import io.exai.provider.fixture.SandboxSample;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
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
        assertThat(Samples.custom(null, value, "m").problems("x")).isEqualTo(good ? List.of() : List.of(problem));
    }

    @ParameterizedTest
    @ValueSource(strings = {"two words", "naïve", "tab\there"})
    void refusesAKeyThatFitsNoHeaderAndDoesNotQuoteIt(String key) {
        assertThat(Samples.vendor(key, null).problems("x"))
                .containsExactly("x.api-key: *** (expected: printable ASCII without spaces)");
    }

    @Test
    void wantsAnAddressAndAModelForACustomServer() {
        assertThat(Samples.custom("key", null, " ").problems("x"))
                .containsExactly(
                        "x.base-url: none (expected: an http or https URL, as api-key is set)",
                        "x.model: \" \" (expected: a name)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "on", "off"})
    void takesEachSwitchOfTheSandbox(String value) {
        assertThat(new SandboxSample().enabled(value).build().problems("x")).isEmpty();
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
                Samples.vendor(null, null),
                Samples.vendor(null, null),
                Samples.custom(null, null, "m"),
                Samples.sandbox(),
                Duration.ofMillis(connect),
                Duration.ofMillis(idle),
                size);
        assertThat(settings.problems(PATH)).hasSize(good ? 0 : 1);
    }

    @Test
    void putsThePathOfAProviderBeforeItsProblems() {
        var bad = new VendorSettings(null, null, 0, 1, Duration.ofSeconds(1));
        var settings = Samples.settings("", bad, bad, Samples.custom(null, null, ""), Samples.sandbox());
        assertThat(settings.problems(PATH))
                .containsExactly(
                        "exai.providers.kimi.max-in-flight: 0 (expected: 1 to 10000)",
                        "exai.providers.glm.max-in-flight: 0 (expected: 1 to 10000)",
                        "exai.providers.custom.model: \"\" (expected: a name)");
    }

    @Test
    void wantsAtLeastOneProvider() {
        assertThat(Samples.settings(Samples.sandbox("off", 1)).problems(PATH))
                .containsExactly("exai.providers.sandbox.enabled: off "
                        + "(expected: auto or on, as no other provider has a key or an address)");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, -, -, auto, sandbox",
                "-, -, -, on, sandbox",
                "key, -, -, auto, kimi",
                "key, -, -, on, 'kimi, sandbox'",
                "' ', -, -, auto, sandbox",
                "-, https://api.moonshot.ai/v1/, -, auto, sandbox",
                "-, '', -, auto, sandbox",
                "-, http://mine, -, off, kimi",
                "-, -, http://mine, auto, custom",
                "key, -, http://mine, auto, 'kimi, custom'",
            })
    void turnsOnWhatHasAKeyOrAnAddress(
            @Nullable String key, @Nullable String address, @Nullable String custom, String sandbox, String enabled) {
        var settings = Samples.settings(
                "",
                Samples.vendor(key, address),
                Samples.vendor(null, null),
                Samples.custom(null, custom, "m"),
                Samples.sandbox(sandbox, 1));
        assertThat(String.join(", ", settings.enabled())).isEqualTo(enabled);
    }

    @Test
    void tidiesAddressAndKey() {
        var settings = Samples.settings(
                "",
                Samples.vendor(" key ", " http://mine/v1// "),
                Samples.vendor("key", null),
                Samples.custom(null, null, "m"),
                Samples.sandbox());
        assertThat(settings.routes())
                .containsExactly(
                        new Route("kimi", "http://mine/v1", "key"), new Route("glm", ProviderSettings.GLM_HOME, "key"));
    }

    @Test
    void showsNoKey() {
        var settings = Samples.settings(
                "",
                Samples.vendor("hush-1", "http://a"),
                Samples.vendor("hush-2", null),
                Samples.custom("hush-3", "http://b", "m"),
                Samples.sandbox());
        assertThat(settings.toString() + settings.routes())
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
        assertThatThrownBy(() -> settings.gate("other")).hasMessageContaining("other");
    }

    private static void check(Gate gate, boolean good, String problem) {
        assertThat(gate.problems("x")).isEqualTo(good ? List.of() : List.of(problem));
    }

    private static void checkRate(SandboxSample sample, boolean good, String key, double value) {
        String problem = "x." + key + ": " + value + " (expected: 0.0 to 1.0)";
        assertThat(sample.build().problems("x")).isEqualTo(good ? List.of() : List.of(problem));
    }
}
