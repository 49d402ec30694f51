package io.exai.server.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import io.exai.protocol.json.WireJson;
import io.exai.server.setting.DeadlineSettings;
import io.exai.server.setting.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mistakes in tool files that show only beside the rest of the daemon: they stop the start, not the first call. */
class ToolWiringTest {
    private static final DeadlineSettings DEADLINES =
            Settings.load(null, ConfigFactory.empty()).deadline();
    private static final String DEFINITION = """
            {"name": "mine", "title": "Mine", "description": "Mine.", "inputSchema": {"type": "object"},
             "readOnly": true, "openWorld": false,
             "policy": {"journal": "%s", "repeatable": true, "deadline": "simple"%s},
             "run": {"kind": "%s", "%s": "x"}}""";

    @TempDir
    private Path folder;

    @Test
    void namesAReportWithoutASource() throws IOException {
        Toolbox toolbox = with("none", "", "report", "source");

        assertThatThrownBy(() -> toolbox.requireSources(new Reports(Map.of("version", WireJson::object))))
                .hasMessageContaining("json: source: ")
                .hasMessageContaining("(expected: one of [version])");
    }

    @Test
    void isContentWhenEveryReportHasItsSource() {
        Reports reports = new Reports(
                Map.of("version", WireJson::object, "models", WireJson::object, "status", WireJson::object));

        assertThatCode(() -> Toolbox.load("", DEADLINES).requireSources(reports))
                .doesNotThrowAnyException();
    }

    @Test
    void refusesAModelToolThatLeavesNoTrace() {
        assertThatThrownBy(() -> with("none", "", "model", "user"))
                .hasMessageContaining("policy.journal: none (expected: full, for a tool that asks a model)");
    }

    @Test
    void refusesAnUnknownFieldInsideASection() {
        assertThatThrownBy(() -> with("full", ", \"journall\": 1", "model", "user"))
                .hasMessageContaining("journall: no such field");
    }

    @Test
    void readsHowLongAnAnswerMayBeUsedAgain() throws IOException {
        Policy policy = with("full", ", \"shared\": true, \"reuseSeconds\": 60", "model", "user")
                .find("mine")
                .orElseThrow()
                .policy();

        assertThat(policy.shared()).isTrue();
        assertThat(policy.reuse(Duration.ofMinutes(10))).isEqualTo(Duration.ofMinutes(1));
        assertThat(policy.reuse(Duration.ofSeconds(1))).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void sharesNothingUnlessTheToolSaysSo() throws IOException {
        assertThat(with("full", "", "model", "user")
                        .find("mine")
                        .orElseThrow()
                        .policy()
                        .shared())
                .isFalse();
    }

    @Test
    void refusesToShareAReportOrToUseAnAnswerForTooLong() {
        assertThatThrownBy(() -> with("none", ", \"shared\": true", "report", "source"))
                .hasMessageContaining(
                        "policy.shared: true (expected: false, but for a repeatable tool that asks a model)");
        assertThatThrownBy(() -> with("full", ", \"shared\": true, \"reuseSeconds\": 604801", "model", "user"))
                .hasMessageContaining("reuseSeconds: 604801 (expected: 0 to 604800)");
    }

    private Toolbox with(String journal, String more, String kind, String field) throws IOException {
        Files.writeString(folder.resolve("mine.json"), DEFINITION.formatted(journal, more, kind, field));
        Files.writeString(folder.resolve("mine.md"), "text");
        return Toolbox.load(folder.toString(), DEADLINES);
    }
}
