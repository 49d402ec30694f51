package io.exai.server.feature;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.exai.protocol.jsonrpc.RpcError;
import io.exai.protocol.mcp.Revision;
import io.exai.server.conformance.Fixtures;
import io.exai.server.prompt.PromptBook;
import io.exai.server.resource.ResourceBook;
import io.exai.server.resource.ResourceDescription;
import io.exai.server.resource.ResourceTemplate;
import io.exai.server.tool.Toolbox;
import io.exai.server.wire.WireSchema;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Values that fit what was typed. */
class CompletionTest {
    private final FeatureFixture test = FeatureFixture.paged(100);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "codereview | focus  | ''   | all correctness security performance readability",
                "codereview | focus  | re   | readability correctness",
                "codereview | focus  | SEC  | security",
                "codereview | focus  | none | ''",
                "codereview | code   | a    | ''",
                "chat       | model  | au   | auto",
                "chat       | model  | echo | sandbox-echo",
            })
    void offersBeginningsBeforeMiddles(String prompt, String argument, String typed, String expected) {
        JsonNode completion = complete("{\"type\":\"ref/prompt\",\"name\":\"" + prompt + "\"}", argument, typed);
        assertThat(values(completion)).isEqualTo(expected);
        assertThat(completion.path("total").asInt())
                .isEqualTo(completion.path("values").size());
        assertThat(completion.path("hasMore").asBoolean()).isFalse();
    }

    @Test
    void completesTheNameInATemplate() {
        JsonNode completion =
                complete("{\"type\":\"ref/resource\",\"uri\":\"exai://models/{name}\"}", "name", "sandbox-e");
        assertThat(values(completion)).isEqualTo("sandbox-echo");
    }

    @Test
    void offersAHundredAtMost() {
        FeatureFixture many = FeatureFixture.of(new Offer(
                Toolbox.of(List.of()),
                PromptBook.of(List.of()),
                new ResourceBook(
                        List.of(),
                        List.of(ResourceTemplate.of(
                                new ResourceDescription("test://{id}", "n", "t", "d", "text/plain"),
                                () -> IntStream.range(0, 150)
                                        .mapToObj(i -> "v" + i)
                                        .toList(),
                                id -> Optional.empty())))));
        JsonNode result = many.result(
                Revision.R2025_11_25,
                "completion/complete",
                params("{\"type\":\"ref/resource\",\"uri\":\"test://{id}\"}", "id", ""));
        WireSchema.of(Revision.R2026_07_28)
                .check(
                        "CompleteResult",
                        ((com.fasterxml.jackson.databind.node.ObjectNode) result).put("resultType", "complete"));
        assertThat(result.path("completion").path("values")).hasSize(100);
        assertThat(result.path("completion").path("total").asInt()).isEqualTo(150);
        assertThat(result.path("completion").path("hasMore").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Revision.class)
    void answersTheSuite(Revision revision) {
        JsonNode result = FeatureFixture.of(Fixtures.offer())
                .result(
                        revision,
                        "completion/complete",
                        params("{\"type\":\"ref/prompt\",\"name\":\"test_prompt_with_arguments\"}", "arg1", "par"));
        WireSchema.of(revision).check("CompleteResult", result);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"type\":\"ref/tool\"}                                 | ref.type: \"ref/tool\" (expected: ref/prompt or ref/resource)",
                "{\"type\":\"ref/prompt\",\"name\":\"chat\"}             | colour: unknown (expected: an argument of chat)",
                "{\"type\":\"ref/prompt\",\"name\":\"chatt\"}             | Unknown prompt: chatt (did you mean chat?)",
                "{\"type\":\"ref/resource\",\"uri\":\"exai://nothing\"}  | exai://nothing: unknown (expected: the uriTemplate of a resource template)",
                "{\"type\":\"ref/resource\",\"uri\":\"exai://models/{name}\"} | colour: unknown (expected: name)",
            })
    void namesWhatIsNotThere(String ref, String message) {
        RpcError error = test.refusal(Revision.R2025_11_25, "completion/complete", params(ref, "colour", "a"));
        assertThat(error.code()).isEqualTo(RpcError.INVALID_PARAMS);
        assertThat(error.message()).isEqualTo(message);
    }

    private JsonNode complete(String ref, String argument, String typed) {
        JsonNode result = test.result(Revision.R2025_11_25, "completion/complete", params(ref, argument, typed));
        WireSchema.of(Revision.R2025_11_25).check("CompleteResult", result);
        return result.path("completion");
    }

    private static String params(String ref, String argument, String typed) {
        return "{\"ref\":" + ref + ",\"argument\":{\"name\":\"" + argument + "\",\"value\":\"" + typed + "\"}}";
    }

    private static String values(JsonNode completion) {
        StringBuilder values = new StringBuilder();
        completion.path("values").forEach(value -> values.append(' ').append(value.asText()));
        return values.toString().strip();
    }
}
