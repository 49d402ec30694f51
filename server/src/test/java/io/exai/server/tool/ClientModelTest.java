package io.exai.server.tool;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.exai.protocol.json.WireJson;
import io.exai.server.script.InputRequest;
import io.exai.server.script.Invocation;
import io.exai.server.script.Step;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClientModelTest {
    private final ClientModel model = new ClientModel("Be brief.", "Q: {{prompt}}");

    @Test
    void asksTheClientsModelWhatTheToolWouldAsk() {
        Step.Ask asked = (Step.Ask) model.next(invocation(Map.of())).get(0);
        assertThat(asked.requests()).containsOnlyKeys("model");
        InputRequest request = asked.requests().values().iterator().next();
        assertThat(request.method()).isEqualTo("sampling/createMessage");
        JsonNode params = request.params();
        assertThat(params.path("systemPrompt").asText()).isEqualTo("Be brief.");
        assertThat(params.path("messages").path(0).path("content").path("text").asText())
                .isEqualTo("Q: why?");
        assertThat(params.path("maxTokens").asInt()).isPositive();
    }

    @Test
    void answersWithWhatTheClientsModelSays() throws Exception {
        JsonNode said = WireJson.parse(
                "{\"role\":\"assistant\",\"model\":\"m\",\"content\":{\"type\":\"text\",\"text\":\"so\"}}");
        Step.Complete done =
                (Step.Complete) model.next(invocation(Map.of("model", said))).get(0);
        assertThat(done.result().path("content").path(0).path("text").asText()).isEqualTo("so");
        assertThat(done.result().path("_meta").path("io.exai/model").asText()).isEqualTo("m");
    }

    @Test
    void asksAgainWhenTheClientsModelSaysNothing() {
        assertThat(model.next(invocation(Map.of("model", WireJson.object()))).get(0))
                .isInstanceOf(Step.Ask.class);
    }

    private static Invocation invocation(Map<String, JsonNode> inputs) {
        return new Invocation(WireJson.object().put("prompt", "why?"), WireJson.object(), inputs, null);
    }
}
