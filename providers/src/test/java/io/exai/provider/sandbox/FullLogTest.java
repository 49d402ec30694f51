package io.exai.provider.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.exai.provider.fixture.SandboxSample;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FullLogTest {
    @RegisterExtension
    static final Sandboxes SANDBOXES = new Sandboxes();

    private SandboxClient client;

    @BeforeEach
    void start() throws Exception {
        client = SANDBOXES.start(new SandboxSample().logLimit(2_000));
    }

    @Test
    void tellsWhatCameOverTheWireButNoKeys() throws Exception {
        String body = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"ä\"}]}";
        client.ask(
                "/kimi/v1/chat/completions", body, "Authorization", "Bearer hush", "X-Api-Key", "hush", "X-Mine", "1");
        JsonNode line = full().get(0);
        assertThat(line.path("method").asText()).isEqualTo("POST");
        assertThat(line.path("path").asText()).isEqualTo("/kimi/v1/chat/completions");
        assertThat(line.path("body").asText()).isEqualTo(body);
        assertThat(line.at("/headers/X-Mine").asText()).isEqualTo("1");
        assertThat(line.at("/headers/Authorization").asText()).isEqualTo("***");
        assertThat(line.toString()).doesNotContain("hush");
        assertThat(client.requests().get(0).has("body")).isFalse();
    }

    @Test
    void tellsWhatWasWrong() throws Exception {
        client.ask("/v1/chat/completions", "{nonsense");
        assertThat(full().get(0).path("body").asText()).isEqualTo("{nonsense");
    }

    @Test
    void keepsSixtyFourKilobytesOfABody() throws Exception {
        client.chat("x".repeat(100_000), false);
        assertThat(full().get(0).path("body").asText()).hasSize(64 << 10);
    }

    @Test
    void keepsTheLatestThousand() throws Exception {
        for (int i = 0; i < 1_001; i++) {
            client.ask("/v1/chat/completions", "{");
        }
        List<JsonNode> lines = full();
        assertThat(lines).hasSize(1_001);
        assertThat(lines.get(0).has("body")).isFalse();
        assertThat(lines.get(1).has("body")).isTrue();
    }

    private List<JsonNode> full() throws Exception {
        var json = new ObjectMapper();
        var lines = new ArrayList<JsonNode>();
        for (String line :
                client.get("/sandbox/requests?full=true").body().lines().toList()) {
            lines.add(json.readTree(line));
        }
        return lines;
    }
}
