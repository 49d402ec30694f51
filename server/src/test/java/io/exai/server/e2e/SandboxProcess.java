package io.exai.server.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import io.exai.protocol.json.MalformedJson;
import io.exai.protocol.json.WireJson;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A sandbox on its own, and what it says it was asked. */
public final class SandboxProcess implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("sandbox on (http://[^ ]+)/v1");

    private final JarProcess process;
    private final String base;
    private final HttpClient http = HttpClient.newHttpClient();

    /**
     * One request as the sandbox remembers it.
     *
     * @param key empty when there was none
     * @param dialect the vendor it was sent to
     * @param ended when its answer was given out or its client had left; null while it is in progress
     */
    public record Visit(
            String key,
            String prompt,
            String outcome,
            String dialect,
            Instant arrived,
            @Nullable Instant ended) {
        static Visit of(JsonNode line) {
            return new Visit(
                    line.path("idempotencyKey").asText(""),
                    line.path("prompt").asText(""),
                    line.path("outcome").asText(),
                    line.path("dialect").asText(),
                    Instant.parse(line.path("arrived").asText()),
                    line.path("ended").isTextual()
                            ? Instant.parse(line.path("ended").asText())
                            : null);
        }
    }

    private SandboxProcess(JarProcess process, String base) {
        this.process = process;
        this.base = base;
    }

    public static SandboxProcess start(String... options) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("sandbox", "--port", "0"));
        arguments.addAll(List.of(options));
        JarProcess process = JarProcess.start(Map.of(), arguments);
        try {
            return new SandboxProcess(process, process.awaitLine(READY).group(1));
        } catch (Exception | AssertionError failed) {
            process.close();
            throw failed;
        }
    }

    /** Where a daemon finds it. */
    public String url() {
        return base + "/v1";
    }

    int port() {
        return URI.create(base).getPort();
    }

    /** Everything it was asked, in order of arrival. */
    public List<Visit> visits() throws Exception {
        List<Visit> visits = new ArrayList<>();
        for (String line : get("/sandbox/requests").lines().toList()) {
            visits.add(Visit.of(WireJson.parse(line)));
        }
        return visits;
    }

    public List<Visit> visits(String prompt) throws Exception {
        return visits().stream().filter(visit -> visit.prompt().equals(prompt)).toList();
    }

    /** Requests that are being answered now. */
    public int inFlight() throws Exception {
        return stats().path("inFlight").asInt(-1);
    }

    /** The most requests that ever were in progress at once, counted at each arrival. */
    public int mostInFlight() throws Exception {
        return stats().path("maxInFlight").asInt(-1);
    }

    /** The same of one vendor, such as {@code kimi}. */
    public int mostInFlight(String dialect) throws Exception {
        return stats().path("dialects").path(dialect).path("maxInFlight").asInt(-1);
    }

    /** Where a daemon finds the vendor of that name, which the book then tells apart. */
    public String url(String dialect) {
        return base + (dialect.equals("glm") ? "/glm/v4" : "/" + dialect + "/v1");
    }

    /** What it does wrong from now on: a list of rules as the sandbox takes it. */
    public void script(String rules) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + "/sandbox/faults"))
                .timeout(Duration.ofSeconds(60))
                .POST(HttpRequest.BodyPublishers.ofString(rules))
                .build();
        HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new AssertionError(response.statusCode() + " " + response.body());
        }
    }

    private JsonNode stats() throws Exception {
        try {
            return WireJson.parse(get("/sandbox/stats"));
        } catch (MalformedJson broken) {
            throw new AssertionError("no statistics", broken);
        }
    }

    private String get(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofSeconds(60))
                .build();
        return http.send(request, BodyHandlers.ofString()).body();
    }

    @Override
    public void close() {
        process.close();
    }
}
