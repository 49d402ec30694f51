package io.exai.server.cli;

import com.typesafe.config.ConfigFactory;
import io.exai.provider.sandbox.SandboxServer;
import io.exai.server.setting.InvalidSettings;
import io.exai.server.setting.LogSettings;
import io.exai.server.setting.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the sandbox alone, so that several daemons can share one upstream. */
@Command(
        name = "sandbox",
        description = "Run the sandbox alone: an HTTP server that answers like a vendor, without a model.",
        footer = {
            "",
            "Point a daemon to it with CUSTOM_API_URL, KIMI_API_URL or GLM_API_URL=http://127.0.0.1:PORT/v1.",
            "Dialects: /openai/v1, /kimi/v1, /glm/v4, /anthropic, /minimax/anthropic;",
            "under /v1 the model's name decides. Requests are checked as by the vendor.",
            "A prompt may hold [call NAME {json}] for a tool, [search], [cached N].",
            "Beside the chat: /models, /files (Kimi, GLM), /web_search (GLM).",
            "GET /sandbox/requests[?full=true] tells what it received,",
            "GET /sandbox/stats how many at once.",
            "POST, GET, DELETE /sandbox/faults: the script of what goes wrong, a JSON list:",
            "  {\"dialect\":\"kimi\",\"model\":\"m\",\"count\":2,\"share\":0.5,",
            "   \"fault\":{\"kind\":\"stall\",\"after\":3}}; only fault is required.",
            "  Kinds: status (status, retryAfter, body), stall and break (after),",
            "  slow (millis), huge (bytes), empty, blank, garbage.",
            "  \"path\":\"/files\" is for what is beside the chat: status, empty, garbage.",
            "  The first rule that matches and is not used up decides."
        })
final class SandboxCommand implements Callable<Integer> {
    @Option(
            names = "--host",
            description = "Address to listen on (default: ${DEFAULT-VALUE}).",
            defaultValue = "127.0.0.1")
    private String host = "127.0.0.1";

    @Option(names = "--port", description = "Port to listen on; 0 takes a free one.", required = true)
    private int port;

    @Option(names = "--latency", description = "Time before the first byte of an answer, such as 200ms.")
    private @Nullable String latency;

    @Option(names = "--token-rate", description = "Words a second in streamed answers; 0 for as fast as possible.")
    private @Nullable String tokenRate;

    @Option(names = "--error-rate", description = "Share of requests answered 500, from 0.0 to 1.0.")
    private @Nullable String errorRate;

    @Option(names = "--rate-limit-rate", description = "Share of requests answered 429.")
    private @Nullable String rateLimitRate;

    @Option(names = "--retry-after", description = "What a 429 says in Retry-After, such as 2s.")
    private @Nullable String retryAfter;

    @Option(names = "--stall-rate", description = "Share of requests that begin an answer and never end it.")
    private @Nullable String stallRate;

    @Option(names = "--break-rate", description = "Share of answers that are cut in the middle.")
    private @Nullable String breakRate;

    @Option(names = "--seed", description = "Seed of the generator that decides who fails.")
    private @Nullable String seed;

    @Option(names = "--log-limit", description = "Requests remembered for /sandbox/requests (default: 100000).")
    private String logLimit = "100000";

    @Option(names = "--api-key", description = "Key that requests must show; any or none by default.")
    private @Nullable String apiKey;

    @Option(
            names = "--requests-per-minute",
            description = "Requests of a dialect in a minute before it answers 429; 0 for no bound.")
    private @Nullable String requestsPerMinute;

    @Option(names = "--faults", paramLabel = "FILE", description = "Script of faults to begin with.")
    private @Nullable Path faults;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Logging.configure(new LogSettings("console", "info"));
        Settings settings = settings();
        String script = faults == null ? "[]" : Files.readString(faults);
        ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), "sandbox", settings.config());
        try {
            SandboxServer server = SandboxServer.start(
                            system, host, port, settings.providers().sandbox(), Clock.systemUTC())
                    .toCompletableFuture()
                    .get();
            server.sandbox().faults(script);
            spec.commandLine().getOut().println("sandbox on http://" + host + ":" + server.port() + "/v1");
            return ExaiCommand.STILL_RUNNING;
        } catch (Exception failed) {
            system.terminate();
            throw failed;
        }
    }

    private Settings settings() {
        Map<String, String> given = new HashMap<>();
        put(given, "latency", latency);
        put(given, "token-rate", tokenRate);
        put(given, "error-rate", errorRate);
        put(given, "rate-limit-rate", rateLimitRate);
        put(given, "retry-after", retryAfter);
        put(given, "stall-rate", stallRate);
        put(given, "break-rate", breakRate);
        put(given, "seed", seed);
        put(given, "log-limit", logLimit);
        put(given, "api-key", apiKey);
        put(given, "requests-per-minute", requestsPerMinute);
        try {
            return Settings.load(null, ConfigFactory.parseMap(given, "command line"));
        } catch (InvalidSettings invalid) {
            throw new InvalidSettings(invalid.problems().stream()
                    .map(problem -> problem.replace("exai.providers.sandbox.", "--"))
                    .toList());
        }
    }

    private static void put(Map<String, String> given, String key, @Nullable String value) {
        if (value != null) {
            given.put("exai.providers.sandbox." + key, value);
        }
    }
}
