package io.exai.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.exai.protocol.json.WireJson;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the command line tells of models, without a daemon. */
class ModelsCommandTest {
    private final Terminal terminal = new Terminal(
            List.of("-D", "exai.providers.vendors.kimi.api-key=k", "-D", "exai.providers.vendors.glm.api-key=k"));

    @Test
    void printsTheModelsOfTheProvidersThatAreOn() {
        assertThat(terminal.run("models")).isZero();
        assertThat(terminal.lines()).hasSize(1 + 16 + 5);
        assertThat(terminal.lines().stream().filter(line -> line.startsWith("glm-4.6 ")))
                .singleElement()
                .asString()
                .matches("glm-4.6 +glm +images functions thinking search +200000 +8192 +92 +55 +0.60 +0.11 +2.20");
    }

    @Test
    void printsThoseOfAllProviders() {
        assertThat(terminal.run("models", "--all")).isZero();
        assertThat(terminal.out()).contains("claude-", "MiniMax-M2", "gpt-", "llama3.2", "sandbox-echo");
    }

    @Test
    void printsThemAsJson() throws Exception {
        assertThat(terminal.run("models", "--json")).isZero();
        assertThat(WireJson.parse(terminal.out()).path("models")).hasSize(21);
    }

    @Test
    void explainsARoute() {
        assertThat(terminal.run("route", "--tool", "chat", "--tokens", "130000"))
                .isZero();
        assertThat(terminal.lines().get(1)).matches("kimi-k2-turbo-preview +kimi +the fastest that can +0.15.*");
        assertThat(terminal.out()).contains("not asked:", "  glm-4.5-flash takes questions of 119808 tokens");
    }

    @Test
    void saysWhenNoModelCan() {
        assertThat(terminal.run("route", "--tokens", "5000000")).isZero();
        assertThat(terminal.out()).startsWith("no model can answer this");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--tool nope      | --tool: nope (expected: one that exai tools prints)",
                "--tool version   | --tool: version (expected: one that asks a model)",
                "--model gpt-9    | --model: gpt-9 (expected: auto, or one that exai models prints)",
                "--tokens -1      | --tokens: -1, --images: 0 (expected: 0 or more)",
            })
    void namesWhatIsWrongWithAQuestion(String arguments, String problem) {
        String[] words = arguments.strip().split(" ", 2);
        assertThat(terminal.run("route", words[0], words[1].strip())).isEqualTo(2);
        assertThat(terminal.err()).contains(problem);
    }
}
