package io.exai.persistence.postgres;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** One of PostgreSQL's programs, run as an unprivileged user because they refuse to run as root. */
record PostgresProgram(Path path) {
    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");

    static Optional<PostgresProgram> find(String name) {
        return folders()
                .map(folder -> folder.resolve(name))
                .filter(Files::isExecutable)
                .findFirst()
                .map(PostgresProgram::new);
    }

    static boolean areWeRoot() {
        return System.getProperty("user.name").equals("root");
    }

    /** Fails when the program takes longer than a minute or does not end well. */
    void run(Path folder, String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        if (areWeRoot()) {
            command.addAll(List.of("runuser", "-u", "nobody", "--"));
        }
        command.add(path.toString());
        command.addAll(List.of(arguments));
        var output = Files.createTempFile("postgres", ".out");
        var process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException(String.join(" ", command) + ": " + Files.readString(output));
        }
        Files.delete(output);
    }

    private static Stream<Path> folders() {
        var path =
                Stream.of(System.getenv("PATH").split(File.pathSeparator, -1)).map(Path::of);
        return Stream.concat(path, debianFolders());
    }

    private static Stream<Path> debianFolders() {
        try (var versions = Files.list(DEBIAN)) {
            return versions.sorted(Comparator.reverseOrder()).map(version -> version.resolve("bin")).toList().stream();
        } catch (IOException e) {
            return Stream.empty();
        }
    }
}
