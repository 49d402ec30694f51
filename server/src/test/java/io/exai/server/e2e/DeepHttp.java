package io.exai.server.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.json.WireJson;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Posts messages side by side, reads along what is answered, and leaves what takes long. */
final class DeepHttp {
    private static final int AT_ONCE = 8;
    private static final Duration PATIENCE = Duration.ofMillis(200);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Deque<CompletableFuture<HttpResponse<Void>>> open = new ArrayDeque<>();
    private final Map<Integer, Integer> statuses = new ConcurrentSkipListMap<>();
    private final URI uri;
    private final DeepMessages messages;
    private int left;

    DeepHttp(int port, DeepMessages messages) {
        this.uri = URI.create("http://127.0.0.1:" + port + "/mcp");
        this.messages = messages;
    }

    /** In a session, or as a modern client without one. */
    void post(String session, ObjectNode message) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .header("Accept", "application/json, text/event-stream")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(WireJson.write(message)));
        if (session.isEmpty()) {
            request.header("MCP-Protocol-Version", HttpPeer.MODERN);
            header(request, "Mcp-Method", message.path("method"));
            JsonNode params = message.path("params");
            header(request, "Mcp-Name", params.has("name") ? params.path("name") : params.path("uri"));
        } else {
            request.header(HttpPeer.SESSION, session).header("MCP-Protocol-Version", "2025-11-25");
        }
        open.add(http.sendAsync(request.build(), BodyHandlers.fromLineSubscriber(new Reading())));
        if (open.size() > AT_ONCE) {
            end(open.remove());
        }
    }

    private static void header(HttpRequest.Builder request, String name, JsonNode value) {
        if (value.isTextual() && value.asText().matches("[!-~]+")) {
            request.header(name, value.asText());
        }
    }

    private void end(CompletableFuture<HttpResponse<Void>> response) throws Exception {
        try {
            statuses.merge(
                    response.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).statusCode(), 1, Integer::sum);
        } catch (TimeoutException slow) {
            left++;
            response.cancel(true);
        } catch (ExecutionException broken) {
            throw new AssertionError("no answer", broken);
        }
    }

    /** Waits for what is open, or leaves it. */
    void close() throws Exception {
        while (!open.isEmpty()) {
            end(open.remove());
        }
    }

    /** How many responses had which status. */
    Map<Integer, Integer> statuses() {
        return statuses;
    }

    /** How many responses were left before their end. */
    int left() {
        return left;
    }

    /** The lines of a response as they come. */
    private final class Reading implements Flow.Subscriber<String> {
        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(String line) {
            String message = line.startsWith("data: ") ? line.substring(6) : line;
            if (message.startsWith("{")) {
                messages.heard(message);
            }
        }

        @Override
        public void onError(Throwable broken) {
            // the response tells
        }

        @Override
        public void onComplete() {
            // the response tells
        }
    }
}
