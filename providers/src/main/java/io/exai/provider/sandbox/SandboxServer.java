package io.exai.provider.sandbox;

import io.exai.provider.setting.SandboxSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.http.javadsl.settings.ParserSettings;
import org.apache.pekko.http.javadsl.settings.ServerSettings;
import org.apache.pekko.stream.javadsl.Flow;

/** A running sandbox. */
public final class SandboxServer {
    private static final long LARGEST_REQUEST = 64L << 20;
    private static final Duration GRACE = Duration.ofMillis(100);

    private final ServerBinding binding;
    private final ActorSystem<?> system;

    private SandboxServer(ServerBinding binding, ActorSystem<?> system) {
        this.binding = binding;
        this.system = system;
    }

    /** Binds the sandbox; port 0 takes a free one. Fails when the port is taken. */
    public static CompletionStage<SandboxServer> start(
            ActorSystem<?> system, String host, int port, SandboxSettings settings, Clock clock) {
        var desk = new Desk(settings, clock);
        return Http.get(system)
                .newServerAt(host, port)
                .withSettings(serverSettings(system))
                .bindFlow(Flow.fromGraph(new DeskStage(desk)))
                .thenApplyAsync(binding -> new SandboxServer(binding, system), system.executionContext());
    }

    /** The port that is bound. */
    public int port() {
        return binding.localAddress().getPort();
    }

    /** Stops accepting and closes every connection. */
    public CompletionStage<Done> stop() {
        return binding.terminate(GRACE).thenApplyAsync(closed -> Done.getInstance(), system.executionContext());
    }

    /** No time-outs: a stalled answer stays until its client leaves. */
    private static ServerSettings serverSettings(ActorSystem<?> system) {
        ServerSettings settings = ServerSettings.create(system.classicSystem());
        var forever = scala.concurrent.duration.Duration.Inf();
        ParserSettings parser = ParserSettings.forServer(system)
                .withMaxContentLength(LARGEST_REQUEST)
                .withModeledHeaderParsing(false);
        return settings.withParserSettings(parser)
                .withMaxConnections(16_384)
                .withBacklog(1024)
                .withPipeliningLimit(2)
                .withTimeouts(settings.getTimeouts().withIdleTimeout(forever).withRequestTimeout(forever));
    }
}
