package io.exai.provider.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.exai.provider.fixture.SandboxSample;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuardTest {
    @RegisterExtension
    static final Sandboxes SANDBOXES = new Sandboxes();

    private static final String CHAT = "{'model':'m','messages':[{'role':'user','content':'hi'}]}";
    private static final String MESSAGES = "{'model':'m','max_tokens':9,'messages':[{'role':'user','content':'hi'}]}";

    @ParameterizedTest
    @CsvSource({
        "/v1/chat/completions, Authorization, Bearer key, 200, /error, ''",
        "/v1/chat/completions, Authorization, Bearer other, 401, /error/code, invalid_api_key",
        "/v1/chat/completions, Authorization, key, 401, /error/type, invalid_request_error",
        "/v1/chat/completions, x-api-key, key, 401, /error/code, invalid_api_key",
        "/kimi/v1/chat/completions, Authorization, Bearer key, 200, /error, ''",
        "/kimi/v1/chat/completions, X, y, 401, /error/type, invalid_authentication_error",
        "/glm/v4/chat/completions, X, y, 401, /error/code, 1001",
        "/glm/v4/chat/completions, Authorization, Bearer other, 401, /error/code, 1002",
        "/anthropic/v1/messages, x-api-key, key, 200, /error, ''",
        "/anthropic/v1/messages, Authorization, Bearer key, 401, /error/type, authentication_error",
        "/minimax/anthropic/v1/messages, x-api-key, key, 200, /error, ''",
        "/minimax/anthropic/v1/messages, Authorization, Bearer key, 200, /error, ''",
        "/minimax/anthropic/v1/messages, X, y, 401, /error/type, authentication_error",
    })
    void wantsTheKeyWhereTheVendorDoes(String path, String header, String value, int status, String at, String what)
            throws Exception {
        var client = SANDBOXES.start(new SandboxSample().apiKey("key"));
        String body = path.endsWith("/messages") ? MESSAGES : CHAT;
        var response = client.ask(path, body, header, value, "anthropic-version", "2023-06-01");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(SandboxClient.json(response).at(at).asText()).isEqualTo(what);
        assertThat(client.outcomes()).containsExactly(status == 200 ? "ok" : "refused");
    }

    @Test
    void wantsTheKeyBeforeItReadsTheBody() throws Exception {
        var client = SANDBOXES.start(new SandboxSample().apiKey("key"));
        assertThat(client.ask("/v1/chat/completions", "{").statusCode()).isEqualTo(401);
        assertThat(client.get("/v1/models").statusCode()).isEqualTo(401);
        assertThat(client.get("/sandbox/stats").statusCode()).isEqualTo(200);
    }

    @Test
    void asksToWaitForTheRestOfTheMinute() throws Exception {
        var client = SANDBOXES.start(new SandboxSample().requestsPerMinute(2));
        String kimi = "/kimi/v1/chat/completions";
        assertThat(client.ask(kimi, CHAT).statusCode()).isEqualTo(200);
        SANDBOXES.pass(Duration.ofMillis(20_500));
        assertThat(client.ask(kimi, CHAT).statusCode()).isEqualTo(200);
        var refused = client.ask(kimi, CHAT);
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).contains("40");
        assertThat(SandboxClient.json(refused).at("/error/type").asText()).isEqualTo("rate_limit_reached_error");
        assertThat(client.ask("/glm/v4/chat/completions", CHAT).statusCode()).isEqualTo(200);
        SANDBOXES.pass(Duration.ofSeconds(40));
        assertThat(client.ask(kimi, CHAT).statusCode()).isEqualTo(200);
        assertThat(client.outcomes()).containsExactly("ok", "ok", "rate-limited", "ok", "ok");
    }
}
