package io.exai.server.setting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every bounded setting of this module, at its bounds and one beyond. */
class SettingsRangeTest {
    @ParameterizedTest
    @CsvSource({
        "exai.http.port,                 0,    65535",
        "exai.http.max-connections,      1,    1000000",
        "exai.limit.header,              1024, 1048576",
        "exai.session.max-in-flight,     1,    1000",
        "exai.session.max-per-principal, 1,    1000000",
        "exai.session.snapshot-every,    10,   100000",
        "exai.session.keep-snapshots,    1,    100",
        "exai.session.max-attempts,      1,    10",
        "exai.quota.max-in-flight,       1,    10000",
        "exai.quota.max-waiting,         0,    100000",
        "exai.features.page-size,        1,    10000",
    })
    void boundsANumber(String key, long least, long most) {
        String expected = " (expected: " + least + " to " + most + ")";
        accepts(key, least);
        accepts(key, least + 1);
        accepts(key, most - 1);
        accepts(key, most);
        assertThat(problems(key, least - 1)).containsExactly(key + ": " + (least - 1) + expected);
        assertThat(problems(key, most + 1)).containsExactly(key + ": " + (most + 1) + expected);
    }

    @ParameterizedTest
    @CsvSource({
        "exai.http.ping-interval,        999ms, 1s,    300s,       300001ms",
        "exai.http.close-timeout,        99ms,  100ms, 30s,        30001ms",
        "exai.op.hello-timeout,          999ms, 1s,    300s,       300001ms",
        "exai.op.retry-after,            999ms, 1s,    3600s,      3600001ms",
        "exai.session.idle-timeout,      999ms, 1s,    2592000s,   2592000001ms",
        "exai.session.passivate-after,   99ms,  100ms, 86400s,     86400001ms",
        "exai.session.sweep-interval,    999ms, 1s,    86400s,     86401s",
        "exai.session.history-retention, -1ms,  0s,    315360000s, 315360001s",
        "exai.quota.max-wait,            -1s,   0s,    600s,       600001ms",
        "exai.deadline.heartbeat,        99ms,  100ms, 60s,        60001ms",
        "exai.metrics.interval,          999ms, 1s,    300s,       300001ms",
    })
    void boundsADuration(String key, String below, String least, String most, String above) {
        String expected = " (expected: " + least + " to " + most + ")";
        accepts(key, least);
        accepts(key, most);
        assertThat(problems(key, below)).containsExactly(key + ": " + below + expected);
        assertThat(problems(key, above)).containsExactly(key + ": " + above + expected);
    }

    @ParameterizedTest
    @CsvSource({
        "exai.http.host,          '', a host name or address",
        "exai.log.format,         xml, console or json",
        "exai.log.level,          loud, 'trace, debug, info, warn or error'",
        "exai.deadline.simple,    99ms, 100ms to 3600s",
        "exai.deadline.workflow,  3600001ms, 100ms to 3600s",
        "exai.deadline.simple,    181s, at most workflow = 180s",
        "exai.security.token,     fifteen-letters, 'at least 16 characters, or empty'",
        "exai.security.tokens.me, fifteen-letters, at least 16 characters",
    })
    void boundsTheRest(String key, String value, String expected) {
        assertThat(problems(key, value))
                .singleElement()
                .asString()
                .startsWith(key + ": ")
                .endsWith(" (expected: " + expected + ")")
                .doesNotContain("fifteen");
    }

    @ParameterizedTest
    @CsvSource({
        "exai.log.level,          WARN",
        "exai.log.format,         json",
        "exai.deadline.simple,    180s",
        "exai.deadline.workflow,  3600s",
        "exai.security.token,     sixteen--letters",
        "exai.security.token,     ''",
        "exai.security.tokens.me, sixteen--letters",
    })
    void acceptsTheRest(String key, String value) {
        accepts(key, value);
    }

    private static void accepts(String key, Object value) {
        assertThat(Settings.load(null, override(key, value))).isNotNull();
    }

    private static List<String> problems(String key, Object value) {
        InvalidSettings[] found = new InvalidSettings[1];
        assertThatThrownBy(() -> Settings.load(null, override(key, value)))
                .isInstanceOfSatisfying(InvalidSettings.class, invalid -> found[0] = invalid);
        return found[0].problems();
    }

    private static Config override(String key, Object value) {
        return ConfigFactory.parseString(key + " = \"" + value + "\"");
    }
}
