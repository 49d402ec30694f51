package io.exai.provider.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Talks to a sandbox with the JDK's client: another implementation than the one under test. */
final class SandboxClient {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final int port;

    SandboxClient(int port) {
        this.port = port;
    }

    HttpResponse<String> post(String path, String body) throws Exception {
        return http.send(request(path, body), HttpResponse.BodyHandlers.ofString());
    }

    CompletableFuture<HttpResponse<String>> postAsync(String path, String body) {
        return http.sendAsync(request(path, body), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> chat(String text, boolean stream) throws Exception {
        return post("/v1/chat/completions", body("any-model", text, stream));
    }

    /** Quotes may be single ones; headers are names and values in turn. */
    HttpResponse<String> ask(String path, String body, String... headers) throws Exception {
        return send("POST", path, body.replace('\'', '"'), headers);
    }

    HttpResponse<String> send(String method, String path, String body, String... headers) throws Exception {
        var request = builder(path).method(method, HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** What was sent in the data lines of a stream, without its end mark. */
    static List<JsonNode> events(HttpResponse<String> response) throws IOException {
        var events = new ArrayList<JsonNode>();
        for (String line : response.body().lines().toList()) {
            if (line.startsWith("data: {")) {
                events.add(JSON.readTree(line.substring("data: ".length())));
            }
        }
        return events;
    }

    HttpResponse<String> get(String path) throws Exception {
        return http.send(builder(path).GET().build(), HttpResponse.BodyHandlers.ofString());
    }

    JsonNode stats() throws Exception {
        return JSON.readTree(get("/sandbox/stats").body());
    }

    List<JsonNode> requests() throws Exception {
        var lines = new ArrayList<JsonNode>();
        for (String line : get("/sandbox/requests").body().lines().toList()) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }

    List<String> outcomes() throws Exception {
        return requests().stream().map(line -> line.path("outcome").asText()).toList();
    }

    static JsonNode json(HttpResponse<String> response) throws IOException {
        return JSON.readTree(response.body());
    }

    static String body(String model, String text, boolean stream) {
        String options = stream ? ",\"stream_options\":{\"include_usage\":true}" : "";
        return "{\"model\":\"" + model + "\",\"stream\":" + stream + options
                + ",\"messages\":[{\"role\":\"system\",\"content\":\"Be brief.\"},{\"role\":\"user\",\"content\":\""
                + text + "\"}]}";
    }

    private HttpRequest request(String path, String body) {
        return builder(path)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", "key-1")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private HttpRequest.Builder builder(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .version(HttpClient.Version.HTTP_1_1)
                .timeout(Duration.ofSeconds(20));
    }
}
