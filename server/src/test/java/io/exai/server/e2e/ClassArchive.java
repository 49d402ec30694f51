package io.exai.server.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * The classes of the jar as a JVM keeps them for the next one (<a
 * href="https://docs.oracle.com/en/java/javase/17/docs/specs/man/java.html#application-class-data-sharing">application
 * class data sharing</a>): a daemon that has them needs about half of the processor's time to start. Made once for a jar,
 * beside it, as {@code docs/cluster.md} tells users to.
 */
final class ClassArchive {
    private static final Pattern READY = Pattern.compile("ready on http://[^:]+:([0-9]+)");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static List<String> options = List.of();

    private ClassArchive() {}

    /** Options of a JVM that runs that jar; none where no archive can be made. */
    static synchronized List<String> options(Path java, Path jar) throws IOException {
        Path archive = jar.resolveSibling("exai.jsa");
        try {
            if (options.isEmpty() && (isCurrent(archive, jar) || isMade(archive, java, jar))) {
                options = List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:cds=off", "-Xlog:class+path=off");
            }
        } catch (InterruptedException stopped) {
            throw new IOException("no archive", stopped);
        }
        return options;
    }

    private static boolean isCurrent(Path archive, Path jar) throws IOException {
        return Files.exists(archive)
                && Files.getLastModifiedTime(archive).compareTo(Files.getLastModifiedTime(jar)) >= 0;
    }

    /** From a daemon that starts, answers a call and ends. */
    private static boolean isMade(Path archive, Path java, Path jar) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("exai-archive");
        Path made = folder.resolve("made.jsa");
        ProcessBuilder builder = new ProcessBuilder(
                java.toString(),
                "-Xmx512m",
                "-XX:ArchiveClassesAtExit=" + made,
                "-Xlog:cds=off",
                "-jar",
                jar.toString(),
                "serve",
                "--port",
                "0",
                "--data-dir",
                folder.toString());
        builder.environment().clear();
        builder.environment().put("EXAI_SANDBOX", "on");
        Process process =
                builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        Lines log = Lines.of(process.getErrorStream());
        try {
            int port = awaitPort(process, log);
            try (RawSocket client = RawSocket.connect(port, "/mcp/ws", (int) PATIENCE.toMillis())) {
                for (String message : List.of(
                        Messages.initialize(1).toString(),
                        Messages.chat(2, "hello").toString())) {
                    client.text(message);
                    client.nextText();
                }
            }
            process.destroy();
            if (process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) && Files.exists(made)) {
                Files.move(made, archive, StandardCopyOption.REPLACE_EXISTING);
                return true;
            }
            return false;
        } finally {
            process.destroyForcibly();
        }
    }

    private static int awaitPort(Process process, Lines log) throws IOException {
        try {
            Await.until("a daemon", PATIENCE, () -> log.find(READY).isPresent() || !process.isAlive());
        } catch (Exception failed) {
            throw new IOException("no archive", failed);
        }
        return log.find(READY)
                .map(ready -> Integer.parseInt(ready.group(1)))
                .orElseThrow(() -> new IOException("ended early: " + log.all()));
    }
}
