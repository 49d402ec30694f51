package io.exai.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What files, and search, refuse before they ask anybody: nobody answers at the vendors' addresses here. */
class FilesCommandTest {
    private static final long MOST_OF_GLM = 20L << 20;

    @TempDir
    private Path folder;

    private final Terminal terminal = new Terminal(List.of(
            "-D",
            "exai.providers.vendors.kimi.api-key=sk-0123456789",
            "-D",
            "exai.providers.vendors.kimi.base-url=http://127.0.0.1:1/v1",
            "-D",
            "exai.providers.vendors.glm.api-key=sk-0123456789",
            "-D",
            "exai.providers.vendors.glm.base-url=http://127.0.0.1:1/v4"));

    @ParameterizedTest
    @ValueSource(strings = {"upload", "content", "delete"})
    void needAFile(String action) {
        assertThat(terminal.run("files", action)).isEqualTo(2);
        assertThat(terminal.err()).contains("FILE: none (expected: ");
    }

    @Test
    void sendNoFileThatIsNotThere() {
        assertThat(terminal.run("files", "upload", folder.resolve("none").toString()))
                .isEqualTo(2);
        assertThat(terminal.err()).contains("FILE: " + folder.resolve("none") + " (expected: a file that can be read)");
        assertThat(terminal.run("files", "upload", folder.toString())).isEqualTo(2);
    }

    @Test
    void sendNoEmptyFile() throws Exception {
        assertThat(upload(0, "kimi")).isEqualTo(2);
        assertThat(terminal.err()).contains("FILE: kimi takes no empty file: some.txt");
    }

    @Test
    void sendNoFileThatIsTooLarge() throws Exception {
        assertThat(upload(MOST_OF_GLM + 1, "glm")).isEqualTo(2);
        assertThat(terminal.err())
                .contains("FILE: glm takes no file larger than 20971520 bytes: some.txt has 20971521");
        assertThat(upload(MOST_OF_GLM, "glm")).isEqualTo(1);
        assertThat(terminal.err()).doesNotContain("FILE");
    }

    @Test
    void nameTheProvidersThatKeepFiles() {
        assertThat(terminal.run("files", "list", "--provider", "openai")).isEqualTo(2);
        assertThat(terminal.err()).contains("--provider: openai (expected: one that is on and speaks kimi or glm)");
        assertThat(terminal.run("search", "sky", "--provider", "kimi")).isEqualTo(2);
        assertThat(terminal.err()).contains("--provider: kimi (expected: one that is on and speaks glm)");
    }

    @Test
    void refuseAnUnknownPurpose() throws Exception {
        assertThat(upload(5, "kimi", "--purpose", "fun")).isEqualTo(2);
        assertThat(terminal.err())
                .contains("FILE: kimi takes no file for the purpose fun (expected: one of [file-extract");
    }

    @Test
    void sayWhenNobodyAnswers() {
        assertThat(terminal.run("search", "sky")).isEqualTo(1);
        assertThat(terminal.err()).startsWith("exai: glm ");
    }

    private int upload(long size, String provider, String... more) throws Exception {
        Path file = folder.resolve("some.txt");
        Files.deleteIfExists(file);
        try (var content = new RandomAccessFile(file.toFile(), "rw")) {
            content.setLength(size);
        }
        List<String> words = List.of("files", "upload", file.toString(), "--provider", provider);
        return terminal.run(Stream.concat(words.stream(), Stream.of(more)).toArray(String[]::new));
    }
}
