package io.exai.server.feature;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.exai.protocol.jsonrpc.RpcError;
import io.exai.protocol.mcp.Revision;
import io.exai.server.wire.WireSchema;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists page by page. */
class PageTest {
    private final FeatureFixture test = FeatureFixture.paged(3);

    @ParameterizedTest
    @EnumSource(Revision.class)
    void goesThroughAListWithoutGapsOrRepeats(Revision revision) {
        List<String> names = new ArrayList<>();
        String params = "{}";
        JsonNode page;
        do {
            page = test.result(revision, "prompts/list", params);
            WireSchema.of(revision).check("ListPromptsResult", page);
            assertThat(page.path("prompts").size()).isBetween(1, 3);
            page.path("prompts").forEach(prompt -> names.add(prompt.path("name").asText()));
            params = "{\"cursor\":" + page.path("nextCursor") + "}";
        } while (page.has("nextCursor"));
        JsonNode all = FeatureFixture.paged(100).result(revision, "prompts/list", "{}");
        assertThat(names)
                .isEqualTo(all.path("prompts").findValuesAsText("name").stream()
                        .filter(names::contains)
                        .distinct()
                        .toList());
        assertThat(names).hasSize(10).doesNotHaveDuplicates();
    }

    @Test
    void givesNoCursorWithTheLastPage() {
        assertThat(FeatureFixture.paged(10)
                        .result(Revision.R2025_11_25, "prompts/list", "{}")
                        .has("nextCursor"))
                .isFalse();
        assertThat(FeatureFixture.paged(9)
                        .result(Revision.R2025_11_25, "prompts/list", "{}")
                        .has("nextCursor"))
                .isTrue();
    }

    @Test
    void refusesTheCursorOfAnotherList() {
        JsonNode cursor =
                test.result(Revision.R2025_11_25, "prompts/list", "{}").path("nextCursor");
        assertRefused("tools/list", cursor.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"nonsense\"", "\"\"", "\"!!\"", "7", "null", "{}", "\"dG9vbHMgYWZ0ZXIg\""})
    void refusesACursorThatItDidNotGive(String cursor) {
        assertRefused("tools/list", cursor);
    }

    private void assertRefused(String method, String cursor) {
        RpcError error = test.refusal(Revision.R2025_11_25, method, "{\"cursor\":" + cursor + "}");
        assertThat(error.code()).isEqualTo(RpcError.INVALID_PARAMS);
        assertThat(error.message())
                .isEqualTo("cursor: " + cursor + " (expected: the nextCursor of an earlier page of this list)");
    }
}
