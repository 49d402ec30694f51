package io.exai.server.cli;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a command reaches a running daemon. */
final class ClientOptions {
    @Option(
            names = "--url",
            description =
                    "Where the daemon listens (default: ws://127.0.0.1:8079/mcp/ws, or the port in EXAI_WS_PORT).")
    private @Nullable URI url;

    @Option(names = "--token", description = "Bearer token (default: the value of EXAI_WS_TOKEN).")
    private @Nullable String token;

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            description = "How long to wait for a daemon that is starting (default: ${DEFAULT-VALUE}).",
            defaultValue = "15")
    private int wait = 15;

    McpClient connect() throws Exception {
        String port = System.getenv().getOrDefault("EXAI_WS_PORT", "8079");
        URI target = url == null ? URI.create("ws://127.0.0.1:" + port + "/mcp/ws") : url;
        String secret = token == null ? System.getenv("EXAI_WS_TOKEN") : token;
        return McpClient.connect(target, secret, Duration.ofSeconds(wait));
    }
}
