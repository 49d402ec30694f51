package io.exai.server.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.json.WireJson;
import io.exai.protocol.mcp.ToolDescription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tools of the daemon and those of a folder. */
class ToolboxTest {
    @TempDir
    Path folder;

    @Test
    void holdsTheToolsThatComeWithTheDaemonInOrder() {
        Toolbox toolbox = load("");
        assertThat(toolbox.descriptions())
                .extracting(ToolDescription::name)
                .isSorted()
                .contains("chat", "listmodels", "status", "version");
        assertThat(toolbox.find("chat")).map(Tool::run).containsInstanceOf(Run.AskModel.class);
        assertThat(toolbox.find("Chat")).isEmpty();
    }

    @Test
    void addsTheToolsOfAFolder() throws IOException {
        write("mine", Definitions.valid());
        Files.writeString(folder.resolve("notes.txt"), "not a tool");
        Toolbox toolbox = load(folder.toString());
        assertThat(toolbox.find("mine")).map(Tool::text).contains("text of mine");
        assertThat(toolbox.find("chat")).isPresent();
    }

    @Test
    void letsAFolderReplaceATool() throws IOException {
        write("chat", Definitions.valid().put("name", "chat").put("title", "My chat"));
        Toolbox toolbox = load(folder.toString());
        assertThat(toolbox.find("chat")).map(tool -> tool.description().title()).contains("My chat");
        assertThat(toolbox.descriptions()).hasSameSizeAs(load("").descriptions());
    }

    @Test
    void namesTheTextThatIsMissing() throws IOException {
        Files.writeString(folder.resolve("mine.json"), WireJson.write(Definitions.valid()));
        assertThatThrownBy(() -> load(folder.toString()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(folder.resolve("mine.md") + ": cannot be read (expected: a UTF-8 file)");
    }

    @Test
    void namesAFileThatIsNotUtf8() throws IOException {
        write("mine", Definitions.valid());
        Files.write(folder.resolve("mine.md"), new byte[] {(byte) 0xff});
        assertThatThrownBy(() -> load(folder.toString()))
                .hasMessage(folder.resolve("mine.md") + ": cannot be read (expected: a UTF-8 file)");
    }

    @Test
    void namesFileAndFieldOfAMistake() throws IOException {
        write("mine", Definitions.valid().put("readOnly", 7));
        assertThatThrownBy(() -> load(folder.toString()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(folder.resolve("mine.json") + ": readOnly: 7 (expected: true or false)");
    }

    @Test
    void namesAFolderThatIsNotThere() {
        Path missing = folder.resolve("none");
        assertThatThrownBy(() -> load(missing.toString()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(missing + ": cannot be read (expected: a folder of tools)");
    }

    @Test
    void suggestsATool() {
        assertThat(load("").unknown("chatt")).isEqualTo("Unknown tool: chatt (did you mean chat?)");
        assertThat(load("").unknown("xyz")).startsWith("Unknown tool: xyz (one of chat, ");
        assertThat(load("").unknown("x".repeat(5000))).hasSizeLessThan(500);
    }

    private void write(String name, ObjectNode definition) throws IOException {
        Files.writeString(folder.resolve(name + ".json"), WireJson.write(definition));
        Files.writeString(folder.resolve(name + ".md"), "text of " + name);
    }

    private static Toolbox load(String folder) {
        return Toolbox.load(folder, Definitions.DEADLINES);
    }
}
