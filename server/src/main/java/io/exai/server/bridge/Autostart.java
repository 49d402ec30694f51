package io.exai.server.bridge;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How a daemon is started where none listens.
 *
 * @param jar what is started
 * @param dataDir the daemon's data folder, which gets its log too
 */
public record Autostart(Path jar, Path dataDir) {
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[::1]");

    /** Whether a daemon started here is one that listens there. */
    public static boolean isLocal(URI url) {
        return "ws".equals(url.getScheme())
                && url.getHost() != null
                && LOOPBACK.matcher(url.getHost()).matches();
    }

    Path log() {
        return dataDir.resolve("daemon.log");
    }

    /**
     * Starts it so that it outlives this process, and the signals to its group where the system can do that.
     *
     * @param token what it is to ask of its clients; empty for what its own settings say
     */
    Process start(URI url, String token) throws IOException {
        Files.createDirectories(dataDir);
        List<String> command = new ArrayList<>();
        setsid().ifPresent(command::add);
        command.addAll(List.of(java(), "-jar", jar.toString(), "serve"));
        command.addAll(List.of("--port", String.valueOf(port(url)), "--data-dir", dataDir.toString()));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("EXAI_WS_HOST", url.getHost().replaceAll("[\\[\\]]", ""));
        if (!token.isEmpty()) {
            builder.environment().put("EXAI_WS_TOKEN", token);
        }
        return builder.redirectInput(Path.of(isWindows() ? "NUL" : "/dev/null").toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
    }

    static int port(URI url) {
        return url.getPort() < 0 ? 80 : url.getPort();
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static Optional<String> setsid() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, "setsid"))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }

    private static boolean isWindows() {
        return File.separatorChar == '\\';
    }
}
