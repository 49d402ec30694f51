package io.exai.provider.sandbox;

import io.exai.provider.setting.SandboxSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.settings.ParserSettings;
import org.apache.pekko.http.javadsl.settings.ServerSettings;
import org.apache.pekko.stream.javadsl.Flow;

/** A running sandbox: behind a port of its own, or inside the process that asks it. */
public final class SandboxServer {
    private static final Duration GRACE = Duration.ofMillis(100);

    private final Sandbox sandbox;
    private final ServerBinding binding;
    private final ActorSystem<?> system;

    private SandboxServer(Sandbox sandbox, ServerBinding binding, ActorSystem<?> system) {
        this.sandbox = sandbox;
        this.binding = binding;
        this.system = system;
    }

    /** Binds the sandbox; port 0 takes a free one. Fails when the port is taken. */
    public static CompletionStage<SandboxServer> start(
            ActorSystem<?> system, String host, int port, SandboxSettings settings, Clock clock) {
        Sandbox sandbox = Sandbox.of(settings, clock);
        return Http.get(system)
                .newServerAt(host, port)
                .withSettings(serverSettings(system))
                .bindFlow(sandbox.portConnection())
                .thenApplyAsync(binding -> new SandboxServer(sandbox, binding, system), system.executionContext());
    }

    /** The sandbox without a port and key: every materialization is one connection of a client. */
    public static Flow<HttpRequest, HttpResponse, NotUsed> embedded(SandboxSettings settings, Clock clock) {
        return Sandbox.of(settings.withApiKey(""), clock).connection();
    }

    /** What is behind the port. */
    public Sandbox sandbox() {
        return sandbox;
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
                .withMaxContentLength(DeskStage.LARGEST_BODY)
                .withModeledHeaderParsing(false);
        return settings.withParserSettings(parser)
                .withMaxConnections(16_384)
                .withBacklog(1024)
                .withPipeliningLimit(2)
                .withTimeouts(settings.getTimeouts().withIdleTimeout(forever).withRequestTimeout(forever));
    }
}
