package io.exai.server.e2e;

import io.exai.persistence.fixture.TemporaryFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The classes of the jar as a JVM keeps them for the next one (<a
 * href="https://docs.oracle.com/en/java/javase/17/docs/specs/man/java.html#application-class-data-sharing">application
 * class data sharing</a>): a daemon that has them needs about half of the processor's time to start. Made once for a jar,
 * beside it, as {@code docs/cluster.md} tells users to.
 */
final class ClassArchive {
    private static final Pattern READY = Pattern.compile("ready on http://[^:]+:([0-9]+)");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static @Nullable List<String> options;

    private ClassArchive() {}

    /** Options of a JVM that runs the jar; none where no archive can be made. */
    static synchronized List<String> options(Path jar) throws IOException {
        if (options == null) {
            Path archive = jar.resolveSibling("exai.jsa");
            if (!isCurrent(archive, jar)) {
                make(archive);
            }
            options = isCurrent(archive, jar)
                    ? List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:cds=off", "-Xlog:class+path=off")
                    : List.of();
        }
        return options;
    }

    private static boolean isCurrent(Path archive, Path jar) throws IOException {
        return Files.exists(archive)
                && Files.getLastModifiedTime(archive).compareTo(Files.getLastModifiedTime(jar)) >= 0;
    }

    /** From a daemon that starts, answers a call and ends. */
    private static void make(Path archive) throws IOException {
        TemporaryFolder folder = TemporaryFolder.create("exai-archive");
        Path made = folder.path().resolve("made.jsa");
        try (JarProcess daemon = JarProcess.start(
                List.of("-XX:ArchiveClassesAtExit=" + made, "-Xlog:cds=off"),
                Map.of("EXAI_SANDBOX", "on"),
                List.of("serve", "--port", "0", "--data-dir", folder.path().toString()))) {
            int port = Integer.parseInt(daemon.awaitLine(READY).group(1));
            try (RawSocket client = RawSocket.connect(port, "/mcp/ws", (int) PATIENCE.toMillis())) {
                for (String message : List.of(
                        Messages.initialize(1).toString(),
                        Messages.chat(2, "hello").toString())) {
                    client.text(message);
                    client.nextText();
                }
            }
            daemon.stop(PATIENCE);
            if (Files.exists(made)) {
                Files.move(made, archive, StandardCopyOption.REPLACE_EXISTING);
            }
            folder.delete();
        } catch (Exception failed) {
            throw new IOException("no archive of classes", failed);
        }
    }
}
