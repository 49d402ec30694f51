package io.exai.server.feature;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.json.WireJson;
import io.exai.protocol.mcp.Revision;
import io.exai.server.prompt.Prompt;
import io.exai.server.prompt.PromptArgument;
import io.exai.server.prompt.PromptBook;
import io.exai.server.resource.ResourceBook;
import io.exai.server.script.InputRequest;
import io.exai.server.script.Invocation;
import io.exai.server.script.Step;
import io.exai.server.tool.Toolbox;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a script leaves with the client, and gets back only as it was. */
class InputRoundTest {
    private static final ObjectNode ELICITATION = FeatureFixture.json("{\"elicitation\":{}}");

    private final FeatureFixture test = FeatureFixture.of(new Offer(
            Toolbox.of(List.of()),
            PromptBook.of(List.of(new Prompt(
                    "ask", "Ask", "Asks.", List.of(PromptArgument.required("a", "A.")), InputRoundTest::steps))),
            new ResourceBook(List.of(), List.of())));

    @Test
    void givesTheStateBackUnsealed() {
        String state = ask("alice", "1");
        assertThat(state).doesNotContain("kept");
        JsonNode result = test.result(asker("alice"), "prompts/get", params("1", state));
        assertThat(result.path("description").asText()).isEqualTo("kept");
    }

    @Test
    void refusesTheStateOfAnotherPrincipalOrOtherArguments() {
        String state = ask("alice", "1");
        assertThat(test.refusal(asker("bob"), "prompts/get", params("1", state)).code())
                .isEqualTo(-32602);
        assertThat(test.refusal(asker("alice"), "prompts/get", params("2", state))
                        .code())
                .isEqualTo(-32602);
        assertThat(test.refusal(asker("alice"), "prompts/get", params("1", state + "-TAMPERED"))
                        .code())
                .isEqualTo(-32602);
    }

    @Test
    void neverAsksForWhatTheClientDoesNotDeclare() {
        var error = test.refusal(
                new Asker(Revision.R2026_07_28, WireJson.object(), "alice"),
                "prompts/get",
                "{\"name\":\"ask\",\"arguments\":{\"a\":\"1\"}}");
        assertThat(error.code()).isEqualTo(-32021);
        assertThat(String.valueOf(error.data())).isEqualTo("{\"requiredCapabilities\":{\"elicitation\":{}}}");
    }

    private String ask(String principal, String argument) {
        JsonNode asked = test.result(
                asker(principal), "prompts/get", "{\"name\":\"ask\",\"arguments\":{\"a\":\"" + argument + "\"}}");
        assertThat(asked.path("resultType").asText()).isEqualTo("input_required");
        return asked.path("requestState").asText();
    }

    private static String params(String argument, String state) {
        return "{\"name\":\"ask\",\"arguments\":{\"a\":\"" + argument + "\"},\"requestState\":\"" + state + "\"}";
    }

    private static Asker asker(String principal) {
        return new Asker(Revision.R2026_07_28, ELICITATION, principal);
    }

    private static List<Step> steps(Invocation invocation) {
        if (invocation.state() != null) {
            ObjectNode result = WireJson.object().put("description", invocation.state());
            result.putArray("messages");
            return List.of(new Step.Complete(result));
        }
        return List.of(new Step.Ask(Map.of("k", new InputRequest("elicitation/create", WireJson.object())), "kept"));
    }
}
