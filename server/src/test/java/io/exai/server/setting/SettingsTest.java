package io.exai.server.setting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Environment over file over defaults, and all problems at once. */
class SettingsTest {
    @TempDir
    Path folder;

    @Test
    void areValidWithoutAnyFileOrVariable() {
        Settings settings = Settings.load(null, ConfigFactory.empty());
        assertThat(settings.http().port()).isEqualTo(8079);
        assertThat(settings.http().host()).isEqualTo("127.0.0.1");
        assertThat(settings.limit().call()).isLessThanOrEqualTo(settings.limit().frame());
    }

    @Test
    void takeAFileOverTheDefaults() throws IOException {
        Path file = file("exai { http.port = 9000, session.max-in-flight = 3 }");
        Settings settings = Settings.load(file, ConfigFactory.empty());
        assertThat(settings.http().port()).isEqualTo(9000);
        assertThat(settings.session().maxInFlight()).isEqualTo(3);
        assertThat(settings.http().maxConnections()).isEqualTo(20_000);
    }

    @Test
    void takeAnEnvironmentVariableOverAFileAndAnOverrideOverBoth() throws IOException {
        Path file = file("exai.http.port = 9000");
        Config variable = ConfigFactory.parseMap(Map.of("EXAI_WS_PORT", "9001"));
        assertThat(Settings.load(file, variable).http().port()).isEqualTo(9001);
        Config override = ConfigFactory.parseString("exai.http.port = 9002").withFallback(variable);
        assertThat(Settings.load(file, override).http().port()).isEqualTo(9002);
    }

    @Test
    void readVariablesAsTheyAreWrittenInAnEnvironment() {
        Config environment = ConfigFactory.parseMap(Map.of(
                "EXAI_ALLOWED_HOSTS", "a.example, b.example",
                "SESSION_TIMEOUT_SECS", "90",
                "WORKFLOW_TOOL_TIMEOUT_SECS", "200",
                "EXAI_WS_GLOBAL_MAX_INFLIGHT", "5",
                "EXAI_WS_TOKEN", "a-token-of-16-characters-or-more",
                "KIMI_API_KEY", "kimi-key"));
        Settings settings = Settings.load(null, environment);
        assertThat(settings.http().allowedHosts()).containsExactly("a.example", "b.example");
        assertThat(settings.session().idleTimeout()).isEqualTo(Duration.ofSeconds(90));
        assertThat(settings.deadline().workflow()).isEqualTo(Duration.ofSeconds(200));
        assertThat(settings.quota().maxInFlight()).isEqualTo(5);
        assertThat(settings.security().token()).isEqualTo("a-token-of-16-characters-or-more");
        assertThat(settings.providers().vendor("kimi").hasKey()).isTrue();
    }

    @Test
    void tellTheProblemsOfAllSectionsAtOnce() {
        Config wrong = ConfigFactory.parseString("exai { http.port = 70000, quota.max-waiting = -1, "
                + "session.max-in-flight = many, limit.header = 1, log.format = xml, tools.colour = red }");
        assertThatThrownBy(() -> Settings.load(null, wrong))
                .isInstanceOfSatisfying(
                        InvalidSettings.class,
                        invalid -> assertThat(invalid.problems())
                                .containsExactlyInAnyOrder(
                                        "exai.http.port: 70000 (expected: 0 to 65535)",
                                        "exai.quota.max-waiting: -1 (expected: 0 to 100000)",
                                        "exai.session.max-in-flight: many (expected: a whole number)",
                                        "exai.limit.header: 1 (expected: 1024 to 1048576)",
                                        "exai.log.format: xml (expected: console or json)",
                                        "exai.tools.colour: red (expected: one of folder, client-sampling)"));
    }

    @Test
    void nameAFileThatCannotBeRead() {
        Path missing = folder.resolve("none.conf");
        assertThatThrownBy(() -> Settings.load(missing, ConfigFactory.empty()))
                .isInstanceOf(InvalidSettings.class)
                .hasMessage("--config: " + missing + " (expected: a readable HOCON file)");
    }

    @Test
    void nameFileAndLineOfWhatIsNoHocon() throws IOException {
        Path file = file("exai {\n  http {\n");
        assertThatThrownBy(() -> Settings.load(file, ConfigFactory.empty()))
                .isInstanceOf(InvalidSettings.class)
                .hasMessageContaining("exai.conf");
    }

    @Test
    void neverShowTheirSecrets() {
        Settings settings = Settings.load(
                null,
                ConfigFactory.parseString("exai { security { token = the-secret-token-one, "
                        + "tokens.alice = the-secret-token-two }, providers.vendors.kimi.api-key = the-secret-key, "
                        + "persistence.postgres.password = the-secret-word }"));
        assertThat(settings.security().toString()).doesNotContain("the-secret");
        assertThat(settings.providers().toString()).doesNotContain("the-secret");
        assertThat(settings.persistence().toString()).doesNotContain("the-secret");
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("exai.conf"), text);
    }
}
