package io.exai.server.setting;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Records out of HOCON, and the lines that tell what is wrong. */
class SettingsBinderTest {
    private static final String WHOLE = "count = 1, size = 3000000000, factor = 1.5, on = yes, name = n, delay = 2s, "
            + "names = [a, b], tags { x = 1, y = z }, inner { max-in-flight = 4 }";

    private record Inner(int maxInFlight) {}

    private record All(
            int count,
            long size,
            double factor,
            boolean on,
            String name,
            Duration delay,
            List<String> names,
            Map<String, String> tags,
            Inner inner,
            @Nullable String note) {}

    @Test
    void bindsEveryType() {
        SettingsBinder binder = binder(WHOLE);
        All bound = binder.section("exai.it", All.class, (all, path) -> List.of());
        assertThat(binder.problems()).isEmpty();
        assertThat(bound)
                .isEqualTo(new All(
                        1,
                        3_000_000_000L,
                        1.5,
                        true,
                        "n",
                        Duration.ofSeconds(2),
                        List.of("a", "b"),
                        Map.of("x", "1", "y", "z"),
                        new Inner(4),
                        null));
    }

    @Test
    void bindsTextsThatStandForOtherTypes() {
        SettingsBinder binder = binder(WHOLE + ", count = \"7\", size = \"8\", factor = \"0.5\", on = \"off\", "
                + "name = 12, delay = \"3\", names = \"a, b ,c\", note = x");
        All bound = binder.section("exai.it", All.class, (all, path) -> List.of());
        assertThat(binder.problems()).isEmpty();
        assertThat(bound.count()).isEqualTo(7);
        assertThat(bound.size()).isEqualTo(8);
        assertThat(bound.on()).isFalse();
        assertThat(bound.name()).isEqualTo("12");
        assertThat(bound.delay()).isEqualTo(Duration.ofSeconds(3));
        assertThat(bound.names()).containsExactly("a", "b", "c");
        assertThat(bound.note()).isEqualTo("x");
    }

    @ParameterizedTest
    @CsvSource({
        "30, 30000",
        "0, 0",
        "1.5, 1500",
        "-2, -2000",
        "200ms, 200",
        "5m, 300000",
        "1 h, 3600000",
        "7d, 604800000"
    })
    void readsADurationWithItsUnitOrInSeconds(String text, long millis) {
        SettingsBinder binder = binder(WHOLE + ", delay = \"" + text + "\"");
        All bound = binder.section("exai.it", All.class, (all, path) -> List.of());
        assertThat(bound.delay()).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '|',
            value = {
                "count = x,            count: x (expected: a whole number)",
                "count = 1.5,          count: 1.5 (expected: a whole number)",
                "count = 3000000000,   count: 3000000000 (expected: a whole number)",
                "count = [1],          count: [1] (expected: a whole number)",
                "size = 1e30,          size: 1.0E30 (expected: a whole number)",
                "size = \"\",          size:  (expected: a whole number)",
                "factor = many,        factor: many (expected: a number)",
                "on = perhaps,         on: perhaps (expected: true or false)",
                "name = null,          name: missing (expected: a text)",
                "delay = soon,          |delay: soon (expected: a duration such as 30s, 5m, 200ms)|",
                "delay = 5 parsecs,     |delay: 5 parsecs (expected: a duration such as 30s, 5m, 200ms)|",
                "names = 7,            names: 7 (expected: a list)",
                "tags = 7,             tags: 7 (expected: a section in braces)",
                "inner = 7,            inner: 7 (expected: a section in braces)",
                "inner.max-in-flight = x, inner.max-in-flight: x (expected: a whole number)",
                "inner.other = 1,      inner.other: 1 (expected: one of max-in-flight)",
            })
    void namesTheKeyTheValueAndWhatWasExpected(String line, String problem) {
        SettingsBinder binder = binder(WHOLE + "\n" + line);
        binder.section("exai.it", All.class, (all, path) -> List.of());
        assertThat(binder.problems()).containsExactly("exai.it." + problem);
    }

    @Test
    void tellsAllProblemsAtOnceAndChecksNoRangesThen() {
        SettingsBinder binder = binder("count = x, factor = y, colour = red");
        binder.section("exai.it", All.class, (all, path) -> List.of());
        assertThat(binder.problems())
                .containsExactly(
                        "exai.it.count: x (expected: a whole number)",
                        "exai.it.size: missing (expected: a whole number)",
                        "exai.it.factor: y (expected: a number)",
                        "exai.it.on: missing (expected: true or false)",
                        "exai.it.name: missing (expected: a text)",
                        "exai.it.delay: missing (expected: a duration such as 30s, 5m, 200ms)",
                        "exai.it.names: missing (expected: a text)",
                        "exai.it.tags: missing (expected: a section in braces)",
                        "exai.it.inner: missing (expected: a section in braces)",
                        "exai.it.colour: red (expected: one of count, size, factor, on, name, delay, names, tags,"
                                + " inner, note)");
    }

    @Test
    void checksRangesOfWhatItBound() {
        SettingsBinder binder = binder(WHOLE);
        binder.section("exai.it", All.class, (all, path) -> List.of(path + ".count: " + all.count()));
        assertThat(binder.problems()).containsExactly("exai.it.count: 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"api-key", "password", "token", "tokens", "client-secret", "apikey", "API_KEY", "Password"})
    void neverShowsASecret(String key) {
        SettingsBinder binder = binder(WHOLE + "\n" + key + " = hunter2hunter2");
        binder.section("exai.it", All.class, (all, path) -> List.of());
        assertThat(binder.problems())
                .singleElement()
                .asString()
                .startsWith("exai.it." + key + ": ******** (expected: ")
                .doesNotContain("hunter2");
    }

    @Test
    void saysThatASectionIsNoValue() {
        SettingsBinder binder = new SettingsBinder(ConfigFactory.parseString("exai.it = 7"));
        binder.section("exai.it", Inner.class, (inner, path) -> List.of());
        assertThat(binder.problems()).containsExactly("exai.it: 7 (expected: a section in braces)");
    }

    @Test
    void findsEverythingMissingInASectionThatIsNotThere() {
        SettingsBinder binder = new SettingsBinder(ConfigFactory.empty());
        binder.section("exai.it", Inner.class, (inner, path) -> List.of());
        assertThat(binder.problems()).containsExactly("exai.it.max-in-flight: missing (expected: a whole number)");
    }

    private static SettingsBinder binder(String section) {
        return new SettingsBinder(ConfigFactory.parseString("exai.it {\n" + section + "\n}"));
    }
}
