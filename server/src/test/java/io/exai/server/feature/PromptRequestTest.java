package io.exai.server.feature;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.exai.protocol.jsonrpc.RpcError;
import io.exai.protocol.mcp.Revision;
import io.exai.server.conformance.Fixtures;
import io.exai.server.wire.WireSchema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Prompts: what they say, what they refuse, and how they ask back. */
class PromptRequestTest {
    private static final String ASKING = "\"name\":\"test_input_required_result_prompt\"";
    private static final Asker MODERN =
            new Asker(Revision.R2026_07_28, FeatureFixture.json("{\"elicitation\":{}}"), "alice");

    private final FeatureFixture test = FeatureFixture.paged(100);
    private final FeatureFixture fixtures = FeatureFixture.of(Fixtures.offer());

    @ParameterizedTest
    @EnumSource(Revision.class)
    void fillsItsTextWithTheArguments(Revision revision) {
        JsonNode result = test.result(
                revision,
                "prompts/get",
                "{\"name\":\"chat\",\"arguments\":{\"question\":\"Why $1?\",\"model\":\"auto\"}}");
        WireSchema.of(revision).check("GetPromptResult", result);
        String text =
                result.path("messages").get(0).path("content").path("text").asText();
        assertThat(text).contains("Why $1?", "Use the model auto.").doesNotContain("{{", "What is known so far");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "chat | {}                                 | arguments.question: missing (expected: a text)",
                "chat | {\"question\":\" \"}               | arguments.question: \" \" (expected: a text)",
                "chat | {\"question\":7}                   | arguments.question: 7 (expected: a text)",
                "chat | {\"question\":\"a\",\"colour\":\"b\"} | arguments.colour: unknown (expected: one of question, context, model)",
                "chat | []                                 | arguments: [] (expected: an object)",
                "docgen | {\"subject\":\"a\",\"reader\":\"b\"} | arguments.reader: \"b\" (expected: one of user, operator, contributor, maintainer)",
                "chatt | {}                                 | Unknown prompt: chatt (did you mean chat?)",
            })
    void namesWhatIsWrong(String name, String arguments, String message) {
        RpcError error = test.refusal(
                Revision.R2025_11_25, "prompts/get", "{\"name\":\"" + name + "\",\"arguments\":" + arguments + "}");
        assertThat(error.code()).isEqualTo(RpcError.INVALID_PARAMS);
        assertThat(error.message()).isEqualTo(message);
    }

    @Test
    void refusesAnArgumentThatIsTooLong() {
        String text = "x".repeat(PromptRequest.LONGEST_VALUE + 1);
        RpcError error = test.refusal(
                Revision.R2025_11_25,
                "prompts/get",
                "{\"name\":\"chat\",\"arguments\":{\"question\":\"" + text + "\"}}");
        assertThat(error.message()).isEqualTo("arguments.question: 100001 characters (expected: at most 100000)");
    }

    @Test
    void asksTheClientAndGoesOnWithWhatItGives() {
        JsonNode first = fixtures.result(MODERN, "prompts/get", "{" + ASKING + "}");
        WireSchema.of(Revision.R2026_07_28).check("InputRequiredResult", first);
        assertThat(first.path("inputRequests")
                        .path("user_context")
                        .path("method")
                        .asText())
                .isEqualTo("elicitation/create");
        JsonNode second = fixtures.result(
                MODERN,
                "prompts/get",
                "{" + ASKING + ",\"inputResponses\":{\"user_context\":{\"action\":\"accept\","
                        + "\"content\":{\"context\":\"tea\"}}}}");
        WireSchema.of(Revision.R2026_07_28).check("GetPromptResult", second);
        assertThat(second.toString()).contains("Use this context: tea");
    }

    @Test
    void asksAgainForWhatDoesNotFit() {
        JsonNode again = fixtures.result(
                MODERN, "prompts/get", "{" + ASKING + ",\"inputResponses\":{\"user_context\":12345,\"other\":{}}}");
        assertThat(again.path("resultType").asText()).isEqualTo("input_required");
    }

    @Test
    void refusesAStateThatIsNotItsOwn() {
        RpcError error = fixtures.refusal(MODERN, "prompts/get", "{" + ASKING + ",\"requestState\":\"forged\"}");
        assertThat(error.code()).isEqualTo(RpcError.INVALID_PARAMS);
        assertThat(error.message()).startsWith("requestState:");
    }

    @Test
    void doesNotAskAClientOfARevisionThatCannotBeAsked() {
        Asker legacy = new Asker(Revision.R2025_11_25, MODERN.capabilities(), "alice");
        RpcError error = fixtures.refusal(legacy, "prompts/get", "{" + ASKING + "}");
        assertThat(error.message()).contains("asks its client back").contains("expected: revision 2026-07-28");
    }

    @ParameterizedTest
    @EnumSource(Revision.class)
    void hasThePromptsOfTheSuite(Revision revision) {
        assertPrompt(revision, "test_simple_prompt", "{}", "This is a simple prompt for testing.");
        assertPrompt(
                revision,
                "test_prompt_with_arguments",
                "{\"arg1\":\"hello\",\"arg2\":\"world\"}",
                "Prompt with arguments: arg1='hello', arg2='world'");
        assertPrompt(
                revision,
                "test_prompt_with_embedded_resource",
                "{\"resourceUri\":\"test://example-resource\"}",
                "Please process the embedded resource above.");
        assertPrompt(revision, "test_prompt_with_image", "{}", "Please analyze the image above.");
    }

    private void assertPrompt(Revision revision, String name, String arguments, String text) {
        JsonNode result =
                fixtures.result(revision, "prompts/get", "{\"name\":\"" + name + "\",\"arguments\":" + arguments + "}");
        WireSchema.of(revision).check("GetPromptResult", result);
        assertThat(result.toString()).contains(text);
    }
}
