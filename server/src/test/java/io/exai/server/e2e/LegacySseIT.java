package io.exai.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.exai.protocol.json.WireJson;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The transport of 2024-11-05, when it is switched on. */
class LegacySseIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @RegisterExtension
    private static final Stand STAND = Stand.of(Map.of("EXAI_LEGACY_SSE", "on"));

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Test
    void answersOnTheStreamWhatIsPostedApart() throws Exception {
        EventReader events = new EventReader(http.send(get("/sse"), HttpResponse.BodyHandlers.ofInputStream()));
        String endpoint = events.event().data();
        assertThat(endpoint).startsWith("/messages?stream=");

        assertThat(post(endpoint, Messages.initialize(1))).isEqualTo(202);
        assertThat(events.event()
                        .message()
                        .path("result")
                        .path("protocolVersion")
                        .asText())
                .isNotEmpty();
        assertThat(post(endpoint, Messages.chat(2, "hello"))).isEqualTo(202);
        assertThat(Messages.text(events.event().message())).isEqualTo("[sandbox] You said: hello");
    }

    @Test
    void knowsNoStreamThatIsNotOpen() throws Exception {
        assertThat(post("/messages?stream=nobody", Messages.initialize(1))).isEqualTo(404);
    }

    private int post(String path, JsonNode message) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri(path))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(WireJson.write(message)))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private static HttpRequest get(String path) {
        return HttpRequest.newBuilder(uri(path)).timeout(PATIENCE).build();
    }

    private static URI uri(String path) {
        return URI.create("http://127.0.0.1:" + STAND.port() + path);
    }
}
