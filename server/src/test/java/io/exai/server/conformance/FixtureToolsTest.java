package io.exai.server.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.json.WireJson;
import io.exai.protocol.mcp.Revision;
import io.exai.server.change.Change;
import io.exai.server.feature.Offer;
import io.exai.server.script.InputRequest;
import io.exai.server.script.Invocation;
import io.exai.server.script.Step;
import io.exai.server.tool.ArgumentCheck;
import io.exai.server.tool.Run;
import io.exai.server.tool.TaskUse;
import io.exai.server.tool.Tool;
import io.exai.server.wire.WireSchema;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every tool of the suite, by what it does in each round. */
class FixtureToolsTest {
    private static final String ALL = "{\"elicitation\":{},\"sampling\":{},\"roots\":{}}";
    private static final Revision MODERN = Revision.R2026_07_28;

    private final Offer offer = Fixtures.offer();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "about                       | {} | The conformance fixtures.",
                "test_simple_text            | {} | This is a simple text response for testing.",
                "test_image_content          | {} | \"mimeType\":\"image/png\"",
                "test_audio_content          | {} | \"mimeType\":\"audio/wav\"",
                "test_embedded_resource      | {} | \"text\":\"This is an embedded resource content.\"",
                "test_multiple_content_types | {} | \"text\":\"{\\\"test\\\":\\\"data\\\",\\\"value\\\":123}\"",
                "test_error_handling         | {} | \"isError\":true",
                "test_tool_with_progress     | {} | Progress shown.",
                "test_tool_with_logging      | {} | Three messages logged.",
                "test_logging_tool           | {} | Logged.",
                "test_reconnection           | {} | Answered after the stream was closed.",
                "json_schema_2020_12_tool    | {\"email\":\"a\"} | Arguments:",
                "test_x_mcp_header           | {\"region\":\"eu\"} | Region: eu",
                "test_missing_capability     | {} | The client can sample.",
                "test_trigger_tool_change    | {} | Tools changed.",
                "test_trigger_prompt_change  | {} | Prompts changed.",
                "greet                       | {\"name\":\"World\"} | \"text\":\"Hello, World!\"",
                "slow_compute                | {\"seconds\":2,\"label\":\"x\"} | Computed x",
                "failing_job                 | {} | \"isError\":true",
            })
    void answersWithoutAsking(String name, String arguments, String expected) {
        assertThat(ArgumentCheck.problems(tool(name), Fixture.json(arguments))).isEmpty();
        Step last = last(round(name, arguments, ALL, "{}", null));
        assertThat(last).isInstanceOf(Step.Complete.class);
        JsonNode result = result(last);
        for (Revision revision : List.of(Revision.R2025_06_18, Revision.R2025_11_25, MODERN)) {
            ObjectNode body = result.deepCopy();
            WireSchema.of(revision)
                    .check("CallToolResult", revision == MODERN ? body.put("resultType", "complete") : body);
        }
        assertThat(result.toString()).contains(expected);
    }

    /** Tool, arguments, keys asked for, inputs, and a part of the answer. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "test_sampling | {\"prompt\":\"p\"} | input | {\"input\":S} | LLM response: sampled",
                "test_elicitation | {\"message\":\"m\"} | input | {\"input\":F} | User response: action=accept, content={",
                "test_elicitation | {\"message\":\"m\"} | input | {\"input\":D} | User response: action=decline, content={}",
                "test_elicitation_sep1034_defaults | {} | input | {\"input\":F} | Elicitation completed: action=accept",
                "test_elicitation_sep1330_enums | {} | input | {\"input\":F} | Elicitation completed: action=accept",
                "test_input_required_result_elicitation | {} | user_name | {\"user_name\":F,\"extra\":F} | Hello, Alice!",
                "test_input_required_result_elicitation | {} | user_name | {\"user_name\":D} | The client declined: user_name",
                "test_streaming_elicitation | {} | user_name | {\"user_name\":F} | Hello, Alice!",
                "test_input_required_result_sampling | {} | capital_question | {\"capital_question\":S} | sampled",
                "test_input_required_result_list_roots | {} | client_roots | {\"client_roots\":R} | file:///test/root",
                "test_input_required_result_request_state | {} | confirm | {\"confirm\":F} | state-ok",
                "test_input_required_result_tampered_state | {} | confirm | {\"confirm\":F} | state-ok",
                "test_input_required_result_multiple_inputs | {} | client_roots greeting user_name | {\"user_name\":F,\"greeting\":S,\"client_roots\":R} | Hello, Alice! sampled",
                "test_input_required_result_capabilities | {} | client_roots greeting user_name | {\"user_name\":F,\"greeting\":S,\"client_roots\":R} | Asked for:",
                "confirm_delete | {\"filename\":\"f\"} | confirm | {\"confirm\":F} | Deleted f",
                "confirm_delete | {\"filename\":\"f\"} | confirm | {\"confirm\":D} | The client declined: confirm",
                "multi_input | {} | first second | {\"first\":F,\"second\":F} | Alice and Alice",
                "test_tool_with_task | {} | user_name | {\"user_name\":F} | Done for Alice.",
            })
    void asksAndThenAnswers(String name, String arguments, String keys, String inputs, String expected) {
        Step first = last(round(name, arguments, ALL, "{}", null));
        assertThat(first).isInstanceOf(Step.Ask.class);
        Step.Ask ask = (Step.Ask) first;
        assertThat(String.join(" ", ask.requests().keySet())).isEqualTo(keys);
        assertAskable(ask);
        Step last = last(round(name, arguments, ALL, given(inputs), ask.state()));
        assertThat(result(last).toString()).contains(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}",
                "{\"wrong_key\":F}",
                "{\"user_name\":12345}",
                "{\"user_name\":{\"action\":\"accept\"}}",
                "{\"user_name\":{\"action\":\"accept\",\"content\":{\"name\":7}}}",
            })
    void asksAgainWhenTheInputDoesNotSuffice(String inputs) {
        assertThat(last(round("test_input_required_result_elicitation", "{}", ALL, given(inputs), null)))
                .isInstanceOf(Step.Ask.class);
    }

    @Test
    void asksAgainWhenTheStateIsMissing() {
        String inputs = given("{\"confirm\":F}");
        assertThat(last(round("test_input_required_result_request_state", "{}", ALL, inputs, null)))
                .isInstanceOf(Step.Ask.class);
    }

    @Test
    void goesThroughTwoRoundsWithAStateThatChanges() {
        String tool = "test_input_required_result_multi_round";
        Step.Ask first = (Step.Ask) last(round(tool, "{}", ALL, "{}", null));
        assertThat(first.requests()).containsOnlyKeys("step1");
        Step.Ask second = (Step.Ask) last(round(tool, "{}", ALL, given("{\"step1\":F}"), first.state()));
        assertThat(second.requests()).containsOnlyKeys("step2");
        assertThat(second.state()).isNotEqualTo(first.state());
        assertAskable(second);
        Step last = last(round(tool, "{}", ALL, given("{\"step2\":F}"), second.state()));
        assertThat(result(last).toString()).contains("Alice likes blue.");
    }

    @Test
    void asksOnlyForWhatTheClientCan() {
        Step.Ask ask = (Step.Ask)
                last(round("test_input_required_result_capabilities", "{}", "{\"sampling\":{}}", "{}", null));
        assertThat(ask.requests().values()).extracting(InputRequest::method).containsExactly("sampling/createMessage");
    }

    @Test
    void failsWhenTheClientCannotBeAsked() {
        Step last = last(round("test_sampling", "{\"prompt\":\"p\"}", "{}", "{}", null));
        assertThat(result(last).path("isError").asBoolean()).isTrue();
        assertThat(result(last).toString()).contains("The client does not support sampling");
    }

    @Test
    void breaksAsAProtocolErrorWould() {
        Step last = last(round("protocol_error_job", "{}", ALL, "{}", null));
        assertThat(last)
                .isInstanceOfSatisfying(
                        Step.Reject.class,
                        reject -> assertThat(reject.error().code()).isEqualTo(-32603));
    }

    @Test
    void showsProgressLogsAndClosesStreamsInOrder() {
        assertThat(round("test_tool_with_progress", "{}", ALL, "{}", null))
                .filteredOn(Step.Progress.class::isInstance)
                .extracting(step -> ((Step.Progress) step).progress())
                .containsExactly(0.0, 50.0, 100.0);
        assertThat(round("test_tool_with_logging", "{}", ALL, "{}", null))
                .filteredOn(Step.Log.class::isInstance)
                .extracting(step -> ((Step.Log) step).data().asText())
                .containsExactly("Tool execution started", "Tool processing data", "Tool execution completed");
        assertThat(round("test_reconnection", "{}", ALL, "{}", null))
                .startsWith(new Step.CloseStream(), new Step.Pause(Duration.ofMillis(100)));
        assertThat(round("slow_compute", "{\"seconds\":0.5}", ALL, "{}", null))
                .startsWith(new Step.Pause(Duration.ofMillis(500)));
    }

    @Test
    void changesTheListsAndSaysSo() {
        int tools = offer.toolbox().all().size();
        int prompts = offer.prompts().all().size();
        assertThat(round("test_trigger_tool_change", "{}", ALL, "{}", null))
                .contains(new Step.Announce(new Change.Tools()));
        assertThat(round("test_trigger_prompt_change", "{}", ALL, "{}", null))
                .contains(new Step.Announce(new Change.Prompts()));
        assertThat(offer.toolbox().all()).hasSize(tools + 1);
        assertThat(offer.prompts().all()).hasSize(prompts + 1);
        round("test_trigger_tool_change", "{}", ALL, "{}", null);
        assertThat(offer.toolbox().all()).hasSize(tools);
    }

    @Test
    void listsFirstAToolThatNeedsNoArguments() {
        Tool first = offer.toolbox().all().get(0);
        assertThat(first.name()).isEqualTo("about");
        assertThat(ArgumentCheck.problems(first, WireJson.object())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "greet,                FORBIDDEN,   {}",
        "slow_compute,         OPTIONAL,    {}",
        "protocol_error_job,   OPTIONAL,    {}",
        "confirm_delete,       OPTIONAL,    {}",
        "multi_input,          OPTIONAL,    {}",
        "failing_job,          REQUIRED,    {\"extensions\":{\"io.modelcontextprotocol/tasks\":{}}}",
        "test_tool_with_task,  AFTER_INPUT, {\"extensions\":{\"io.modelcontextprotocol/tasks\":{}}}",
        "test_missing_capability, FORBIDDEN, {\"sampling\":{}}",
    })
    void saysWhatIsATaskAndForWhom(String name, TaskUse use, String requires) {
        assertThat(tool(name).policy().task()).isEqualTo(use);
        assertThat(tool(name).policy().requires().toString()).isEqualTo(requires);
    }

    @Test
    void hasNoToolThatThisTestDoesNotKnow() {
        assertThat(offer.toolbox().all()).hasSize(36);
    }

    private Tool tool(String name) {
        return offer.toolbox().find(name).orElseThrow();
    }

    private List<Step> round(
            String name, String arguments, String capabilities, String inputs, @Nullable String state) {
        Map<String, JsonNode> given = new LinkedHashMap<>();
        Fixture.json(inputs).properties().forEach(input -> given.put(input.getKey(), input.getValue()));
        return ((Run.Scripted) tool(name).run())
                .script()
                .next(new Invocation(Fixture.json(arguments), Fixture.json(capabilities), given, state));
    }

    /** F is a form filled in, D one declined, S a sampled text, R roots. */
    private static String given(String inputs) {
        return inputs.replace(
                        ":F",
                        ":{\"action\":\"accept\",\"content\":{\"name\":\"Alice\",\"color\":\"blue\",\"ok\":true,"
                                + "\"confirm\":true}}")
                .replace(":D", ":{\"action\":\"decline\"}")
                .replace(
                        ":S",
                        ":{\"role\":\"assistant\",\"model\":\"m\",\"content\":{\"type\":\"text\",\"text\":\"sampled\"}}")
                .replace(":R", ":{\"roots\":[{\"uri\":\"file:///test/root\"}]}");
    }

    private static Step last(List<Step> steps) {
        return steps.get(steps.size() - 1);
    }

    private static JsonNode result(Step last) {
        assertThat(last).isInstanceOf(Step.Complete.class);
        return ((Step.Complete) last).result();
    }

    private static void assertAskable(Step.Ask ask) {
        ObjectNode result = WireJson.object().put("resultType", "input_required");
        ObjectNode requests = result.putObject("inputRequests");
        ask.requests()
                .forEach((key, request) ->
                        requests.putObject(key).put("method", request.method()).set("params", request.params()));
        WireSchema.of(MODERN).check("InputRequiredResult", result);
        for (JsonNode request : requests) {
            ObjectNode message =
                    ((ObjectNode) request.deepCopy()).put("jsonrpc", "2.0").put("id", 1);
            WireSchema.of(Revision.R2025_11_25).check("ServerRequest", message);
        }
    }
}
