package io.exai.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.exai.server.e2e.JarProcess.Ending;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every command tells by its exit status how it went, and in one line why it did not. */
@Timeout(120)
class CommandLineIT {
    private static final int FAILED = 1;
    private static final int MISUSED = 2;
    private static final int MISCONFIGURED = 78;
    private static final String TOKEN = "a-token-that-nobody-may-see";

    @TempDir
    private static Path folder;

    @RegisterExtension
    private static final Stand STAND = Stand.of(Map.of("EXAI_WS_TOKEN", TOKEN));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "serve",
                "call",
                "tools",
                "schema",
                "check-config",
                "usage",
                "advise",
                "sandbox",
                "stdio",
                "version"
            })
    void helpsWithEveryCommand(String command) throws Exception {
        Ending help = run(command, "--help");
        assertThat(help.status()).isZero();
        assertThat(help.out()).anyMatch(line -> line.startsWith("Usage: exai " + command));
        assertThat(help.err()).isEmpty();
    }

    @Test
    void tellsItsVersion() throws Exception {
        Ending version = run("version");
        assertThat(version.status()).isZero();
        assertThat(version.out()).first().asString().contains("0.1.0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no-such-command",
                "serve --no-such-option",
                "serve --port many",
                "sandbox",
                "call",
                "call chat {",
                "call chat []"
            })
    void tellsMisuseInOneLine(String arguments) throws Exception {
        Ending ending = run(arguments.isEmpty() ? new String[0] : arguments.split(" ", -1));
        assertThat(ending.status()).isEqualTo(MISUSED);
        assertThat(ending.err()).singleElement().asString().startsWith("exai: ").contains("--help");
    }

    @ParameterizedTest
    @ValueSource(strings = {"call version", "tools"})
    void tellsInOneLineThatNobodyAnswers(String command) throws Exception {
        Ending ending = run((command + " --wait 0 --url ws://127.0.0.1:1/mcp/ws").split(" ", -1));
        assertThat(ending.status()).isEqualTo(FAILED);
        assertThat(ending.err()).singleElement().asString().startsWith("exai: nobody answers");
    }

    @Test
    void callsATool() throws Exception {
        Ending ending = call("chat", "{\"prompt\":\"one two three\"}");
        assertThat(ending.status()).isZero();
        assertThat(ending.out()).containsExactly("[sandbox] You said: one two three");
    }

    @Test
    void listsTheTools() throws Exception {
        Ending ending = run("tools", "--token", TOKEN, "--url", url());
        assertThat(ending.status()).isZero();
        assertThat(ending.out())
                .extracting(line -> line.split(" ", 2)[0])
                .containsExactly("chat", "listmodels", "status", "version");
    }

    @Test
    void failsWhenTheToolFails() throws Exception {
        Ending ending = call("chat", "{\"temperature\":7}");
        assertThat(ending.status()).isEqualTo(FAILED);
        assertThat(ending.out()).singleElement().asString().contains("prompt", "temperature");
    }

    @Test
    void failsInOneLineWhenThereIsNoSuchTool() throws Exception {
        Ending ending = call("chatt", "{}");
        assertThat(ending.status()).isEqualTo(FAILED);
        assertThat(ending.err()).singleElement().asString().startsWith("exai: Unknown tool: chatt");
    }

    @Test
    void failsInOneLineWithoutTheToken() throws Exception {
        Ending ending = run("call", "version", "--url", url());
        assertThat(ending.status()).isEqualTo(FAILED);
        assertThat(ending.err()).singleElement().asString().contains("401");
    }

    @ParameterizedTest
    @ValueSource(strings = {"serve", "check-config", "schema"})
    void tellsAllBrokenSettingsAtOnce(String command) throws Exception {
        Ending ending = JarProcess.run(
                Map.of("EXAI_WS_PORT", "99999", "EXAI_WS_SESSION_MAX_INFLIGHT", "0", "EXAI_WS_TOKEN", "too-short"),
                command);
        assertThat(ending.status()).isEqualTo(MISCONFIGURED);
        assertThat(ending.err())
                .hasSize(3)
                .allMatch(line -> line.matches("[a-z.-]+: .* \\(expected: .*\\)"))
                .anyMatch(line -> line.startsWith("exai.http.port: 99999 "))
                .anyMatch(line -> line.startsWith("exai.session.max-in-flight: 0 "))
                .noneMatch(line -> line.contains("too-short"));
    }

    @Test
    void tellsBrokenOptionsOfTheSandboxByTheirNames() throws Exception {
        Ending ending = run("sandbox", "--port", "0", "--latency", "11m", "--error-rate", "2");
        assertThat(ending.status()).isEqualTo(MISCONFIGURED);
        assertThat(ending.err()).hasSize(2).anyMatch(line -> line.startsWith("--latency: 11m (expected: "));
    }

    @Test
    void tellsWrongTypesAndRangesOfOneSectionTogether() throws Exception {
        Ending ending = run("sandbox", "--port", "0", "--latency", "soon", "--error-rate", "2");
        assertThat(ending.status()).isEqualTo(MISCONFIGURED);
        assertThat(ending.err()).hasSize(2);
    }

    @Test
    void tellsAConfigurationThatCannotBeRead() throws Exception {
        Ending ending =
                run("check-config", "--config", folder.resolve("missing.conf").toString());
        assertThat(ending.status()).isEqualTo(MISCONFIGURED);
        assertThat(ending.err()).singleElement().asString().contains("missing.conf", "expected: ");
    }

    @Test
    void tellsAConfigurationThatIsNoHoconInOneLine() throws Exception {
        Path broken = Files.writeString(folder.resolve("broken.conf"), "exai { http {");
        Ending ending = run("check-config", "--config", broken.toString());
        assertThat(ending.status()).isEqualTo(MISCONFIGURED);
        assertThat(ending.err()).singleElement().asString().contains("broken.conf");
    }

    @Test
    void masksSecrets() throws Exception {
        Map<String, String> secrets = Map.of(
                "EXAI_WS_TOKEN", TOKEN,
                "KIMI_API_KEY", "kimi-secret-key",
                "GLM_API_KEY", "glm-secret-key",
                "EXAI_POSTGRES_PASSWORD", "postgres-secret");
        Ending ending = JarProcess.run(secrets, "check-config", "-D", "exai.security.tokens.alice=alice-secret-token");
        assertThat(ending.status()).isZero();
        assertThat(ending.out())
                .contains("exai.security.token = ********   # environment")
                .anyMatch(line -> line.startsWith("exai.providers.vendors.kimi.api-key = ********"))
                .anyMatch(line -> line.startsWith("exai.security.tokens.alice = ********"))
                .noneMatch(line -> line.contains("secret") || line.contains(TOKEN));
    }

    @Test
    void tellsInOneLineThatThePortIsTaken() throws Exception {
        Ending ending = run(
                "serve",
                "--port",
                String.valueOf(STAND.port()),
                "--data-dir",
                folder.resolve("other").toString());
        assertThat(ending.status()).isEqualTo(FAILED);
        assertThat(spoken(ending)).singleElement().asString().contains(String.valueOf(STAND.port()), "in use");
    }

    @Test
    void tellsInOneLineThatTheDataFolderIsTaken() throws Exception {
        Ending ending =
                run("serve", "--port", "0", "--data-dir", STAND.data().path().toString());
        assertThat(ending.status()).isEqualTo(FAILED);
        assertThat(spoken(ending))
                .singleElement()
                .asString()
                .contains(STAND.data().path().toString());
    }

    @Test
    void showsTheStackOnlyWhenAsked() throws Exception {
        Ending ending = run("tools", "-v", "--wait", "0", "--url", "ws://127.0.0.1:1/mcp/ws");
        assertThat(ending.err()).anyMatch(line -> line.startsWith("\tat "));
    }

    @Test
    void makesTheTablesAgainAndAgain() throws Exception {
        String data = "exai.persistence.data-dir=" + folder.resolve("fresh");
        assertThat(run("schema", "-D", data).status()).isZero();
        assertThat(run("schema", "-D", data).status()).isZero();
        assertThat(run("schema", "--print", "-D", data).out()).anyMatch(line -> line.matches("(?i).*create table.*"));
    }

    private static Ending run(String... arguments) throws Exception {
        return JarProcess.run(Map.of(), arguments);
    }

    private static Ending call(String tool, String arguments) throws Exception {
        return run("call", tool, arguments, "--token", TOKEN, "--url", url());
    }

    private static String url() {
        return "ws://127.0.0.1:" + STAND.port() + "/mcp/ws";
    }

    /** What stands on standard error beside the log of a start that went well so far. */
    private static List<String> spoken(Ending ending) {
        return ending.err().stream().filter(line -> !line.contains(" INFO ")).toList();
    }
}
