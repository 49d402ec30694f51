package io.exai.server.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.json.MalformedJson;
import io.exai.protocol.json.WireJson;
import io.exai.server.script.Invocation;
import io.exai.server.script.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The prompts of the daemon and those of a folder, and the line that tells a mistake. */
class PromptBookTest {
    private static final String VALID =
            "{\"name\":\"mine\",\"title\":\"Mine\",\"description\":\"Does it.\",\"arguments\":["
                    + "{\"name\":\"a\",\"title\":\"A\",\"description\":\"An a.\",\"required\":true},"
                    + "{\"name\":\"b\",\"title\":\"B\",\"description\":\"A b.\",\"required\":false}]}";

    @TempDir
    Path folder;

    @Test
    void holdsThePromptsThatComeWithTheDaemonInOrder() {
        assertThat(PromptBook.load("").all())
                .extracting(Prompt::name)
                .containsExactly(
                        "chat",
                        "codereview",
                        "consensus",
                        "debug",
                        "docgen",
                        "planner",
                        "precommit",
                        "secaudit",
                        "testgen",
                        "thinkdeep");
    }

    @Test
    void usesEveryArgumentOfItsOwnPrompts() {
        ObjectNode arguments = WireJson.object();
        for (Prompt prompt : PromptBook.load("").all()) {
            prompt.arguments().forEach(argument -> arguments.put(argument.name(), "<" + argument.name() + ">"));
            String text = text(prompt, arguments);
            assertThat(prompt.arguments())
                    .allSatisfy(argument -> assertThat(text).as(prompt.name()).contains("<" + argument.name() + ">"));
            assertThat(text).doesNotContain("{{");
        }
    }

    @Test
    void letsAFolderAddAndReplacePrompts() throws IOException {
        write(VALID, "{{a}}");
        Files.writeString(folder.resolve("chat.json"), VALID.replace("\"mine\"", "\"chat\""));
        Files.writeString(folder.resolve("chat.md"), "{{a}}");
        PromptBook book = PromptBook.load(folder.toString());
        assertThat(book.find("mine")).isPresent();
        assertThat(book.find("chat")).map(Prompt::title).contains("Mine");
        assertThat(book.all()).hasSize(11);
    }

    @Test
    void leavesOutParagraphsWhoseArgumentsAreNotGiven() throws IOException {
        write(VALID, "First.\n\nOf a: {{a}}\n\nOf b: {{b}}\nmore of b\n\nOf both: {{a}}, {{b}}\n");
        Prompt prompt = PromptBook.load(folder.toString()).find("mine").orElseThrow();
        assertThat(text(prompt, WireJson.object().put("a", "$1 {{b}} \\")))
                .isEqualTo("First.\n\nOf a: $1 {{b}} \\\n\nOf both: $1 {{b}} \\, ");
        assertThat(text(prompt, WireJson.object().put("a", "x").put("b", "y")))
                .isEqualTo("First.\n\nOf a: x\n\nOf b: y\nmore of b\n\nOf both: x, y");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"mine\"            | \"my prompt\"  | name: my prompt (expected: 1 to 64 of A-Z a-z 0-9 _ . -)",
                "\"Mine\"            | 7              | title: 7 (expected: a text)",
                "\"a\",              | \"A b\",       | name: A b (expected: a lower-case letter, then up to 63 letters, digits and _)",
                "\"required\":true   | \"required\":1 | required: 1 (expected: true or false)",
                "\"name\":\"mine\"   | \"name\":\"mine\",\"colour\":1 | colour: no such field (expected: one of [arguments, description, name, title])",
                "\"name\":\"b\"      | \"name\":\"c\" | arguments: no b (expected: every {{name}} of the text)",
            })
    void namesFileAndFieldOfAMistake(String right, String wrong, String message) throws IOException {
        write(VALID.replace(right, wrong), "{{a}} {{b}}");
        assertThatThrownBy(() -> PromptBook.load(folder.toString()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(folder.resolve("mine.json") + ": " + message);
    }

    @Test
    void namesWhatIsMissing() throws IOException {
        Files.writeString(folder.resolve("mine.json"), VALID);
        assertThatThrownBy(() -> PromptBook.load(folder.toString()))
                .hasMessage(folder.resolve("mine.md") + ": cannot be read (expected: a UTF-8 file)");
        assertThatThrownBy(() -> PromptBook.load(folder.resolve("none").toString()))
                .hasMessage(folder.resolve("none") + ": cannot be read (expected: a folder of prompts)");
    }

    private void write(String json, String text) throws IOException {
        assertThat(parsed(json)).isNotNull();
        Files.writeString(folder.resolve("mine.json"), json);
        Files.writeString(folder.resolve("mine.md"), text);
    }

    private static ObjectNode parsed(String json) {
        try {
            return (ObjectNode) WireJson.parse(json);
        } catch (MalformedJson broken) {
            throw new AssertionError(broken);
        }
    }

    private static String text(Prompt prompt, ObjectNode arguments) {
        Step last = prompt.script()
                .next(new Invocation(arguments, WireJson.object(), Map.of(), null))
                .get(0);
        return ((Step.Complete) last)
                .result()
                .path("messages")
                .get(0)
                .path("content")
                .path("text")
                .asText();
    }
}
