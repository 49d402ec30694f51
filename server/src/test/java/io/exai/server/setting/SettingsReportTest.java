package io.exai.server.setting;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the report shows and what it masks. */
class SettingsReportTest {
    @Test
    void masksSecretsAndShowsTheRestInOrder() {
        List<String> lines = SettingsReport.lines(
                Settings.tree(
                        null,
                        ConfigFactory.parseString(
                                "exai { security { token = the-secret-1, tokens.alice = the-secret-2 }, "
                                        + "providers.vendors.kimi.api-key = the-secret-3, persistence.postgres.password = the-secret-4 }")));
        assertThat(lines).isSorted().noneMatch(line -> line.contains("the-secret"));
        assertThat(lines).anyMatch(line -> line.startsWith("exai.security.token = ********   # "));
        assertThat(lines).anyMatch(line -> line.startsWith("exai.security.tokens.alice = ********   # "));
        assertThat(lines).anyMatch(line -> line.startsWith("exai.providers.vendors.kimi.api-key = ********   # "));
        assertThat(lines).anyMatch(line -> line.startsWith("exai.persistence.postgres.password = ********   # "));
    }

    @Test
    void tellsWhereAValueComesFrom() {
        List<String> lines =
                SettingsReport.lines(Settings.tree(null, ConfigFactory.parseString("exai.http.port = 9000")));
        assertThat(lines).contains("exai.http.host = \"127.0.0.1\"   # default");
        assertThat(lines)
                .filteredOn(line -> line.startsWith("exai.http.port = 9000   # "))
                .singleElement()
                .asString()
                .doesNotEndWith("default");
    }

    @Test
    void showsThatASecretIsNotSet() {
        assertThat(SettingsReport.lines(Settings.tree(null, ConfigFactory.empty())))
                .contains("exai.security.token = \"\"   # default");
    }
}
