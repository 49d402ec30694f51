package io.exai.server.cli;

import io.exai.server.bridge.BridgeSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a bridge is told to behave. */
final class BridgeOptions {
    @Option(names = "--url", paramLabel = "URL", description = "Where the daemon listens (default: ${DEFAULT-VALUE}).")
    private URI url = URI.create("");

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "File with the bearer token (default: the value of EXAI_WS_TOKEN).")
    @Nullable
    Path tokenFile;

    @Option(
            names = "--autostart",
            description = "Start a daemon where none listens, once; it outlives the bridge.",
            defaultValue = "false")
    boolean autostart;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Data folder and log of a daemon started so (default: ${DEFAULT-VALUE}).",
            defaultValue = "data")
    Path dataDir = Path.of("data");

    @Option(
            names = "--connect-timeout",
            paramLabel = "SECONDS",
            description = "Give up after so long without a connection; 0 for never (default: ${DEFAULT-VALUE}).",
            defaultValue = "0",
            converter = Seconds.class)
    private Duration connectTimeout = Duration.ZERO;

    @Option(
            names = "--retry-delay",
            paramLabel = "SECONDS",
            description = "Longest wait before the first retry, doubled with each (default: ${DEFAULT-VALUE}).",
            defaultValue = "0.25",
            converter = Seconds.class)
    private Duration firstDelay = Duration.ZERO;

    @Option(
            names = "--max-retry-delay",
            paramLabel = "SECONDS",
            description = "Longest wait before any retry (default: ${DEFAULT-VALUE}).",
            defaultValue = "30",
            converter = Seconds.class)
    private Duration longestDelay = Duration.ZERO;

    @Option(
            names = "--linger",
            paramLabel = "SECONDS",
            description = "Wait so long for answers when the input has ended (default: ${DEFAULT-VALUE}).",
            defaultValue = "2",
            converter = Seconds.class)
    private Duration linger = Duration.ZERO;

    @Option(
            names = "--silence",
            paramLabel = "SECONDS",
            description = "A connection silent for so long is dead (default: ${DEFAULT-VALUE}).",
            defaultValue = "60",
            converter = Seconds.class)
    private Duration silence = Duration.ZERO;

    @Option(
            names = "--max-bytes",
            paramLabel = "BYTES",
            description = "Longest line of input (default: ${DEFAULT-VALUE}).",
            defaultValue = "33554432")
    private int maxBytes;

    @Option(
            names = "--max-unanswered",
            paramLabel = "NUMBER",
            description = "Read no more input above so many unanswered requests (default: ${DEFAULT-VALUE}).",
            defaultValue = "1000")
    private int maxUnanswered;

    BridgeSettings settings(String token) {
        String session = BridgeEnvironment.value("EXAI_SESSION_ID", "");
        return new BridgeSettings(
                url,
                token,
                session.isEmpty() ? null : session,
                maxBytes,
                maxUnanswered,
                firstDelay,
                longestDelay,
                connectTimeout,
                linger,
                silence);
    }
}
