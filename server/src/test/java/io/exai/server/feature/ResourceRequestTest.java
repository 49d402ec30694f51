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
import org.junit.jupiter.params.provider.ValueSource;

/** Resources: what they read as, for whom, and what is not there. */
class ResourceRequestTest {
    private final FeatureFixture test = FeatureFixture.paged(100);

    @ParameterizedTest
    @EnumSource(Revision.class)
    void readsEverythingThatItLists(Revision revision) {
        for (JsonNode resource : test.result(revision, "resources/list", "{}").path("resources")) {
            JsonNode result = read(revision, resource.path("uri").asText());
            WireSchema.of(revision).check("ReadResourceResult", result);
            assertThat(result.path("contents").get(0).path("mimeType")).isEqualTo(resource.path("mimeType"));
            assertThat(text(result)).isNotBlank();
        }
    }

    @Test
    void readsAModelByItsName() {
        String text = text(read(Revision.R2025_11_25, "exai://models/sandbox-echo"));
        assertThat(FeatureFixture.json(text).path("provider").asText()).isEqualTo("sandbox");
    }

    @Test
    void masksSecrets() {
        assertThat(text(read(Revision.R2025_11_25, "exai://configuration")))
                .contains("exai.security.token = ********")
                .contains("exai.features.page-size = 100")
                .doesNotContain("the-secret");
    }

    @Test
    void tellsEachPrincipalOnlyOfItself() {
        assertThat(text(read(Revision.R2025_11_25, "exai://sessions"))).contains("\"principal\":\"alice\"");
    }

    @ParameterizedTest
    @CsvSource({
        "exai://models, public",
        "exai://tools, public",
        "exai://models/sandbox-echo, public",
        "exai://configuration, private",
        "exai://sessions, private",
    })
    void keepsWhatIsPersonalOutOfSharedCaches(String uri, String scope) {
        JsonNode result = read(Revision.R2026_07_28, uri);
        assertThat(result.path("cacheScope").asText()).isEqualTo(scope);
        assertThat(result.path("ttlMs").isIntegralNumber()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "test://nonexistent-resource-for-conformance-testing",
                "exai://models/none",
                "exai://models/",
                "exai://models/%zz",
                "exai://models/sandbox-echo/more",
                "",
            })
    void saysThatThereIsNoSuchResource(String uri) {
        for (Revision revision : Revision.values()) {
            RpcError error = test.refusal(revision, "resources/read", "{\"uri\":\"" + uri + "\"}");
            assertThat(error.code()).isEqualTo(revision == Revision.R2026_07_28 ? -32602 : -32002);
            assertThat(error.data()).isNotNull();
            assertThat(String.valueOf(error.data())).contains("\"uri\":\"" + uri + "\"");
        }
    }

    @ParameterizedTest
    @EnumSource(Revision.class)
    void hasTheResourcesOfTheSuite(Revision revision) {
        FeatureFixture fixtures = FeatureFixture.of(Fixtures.offer());
        for (String uri : new String[] {"test://static-text", "test://static-binary", "test://watched-resource"}) {
            JsonNode result = fixtures.result(revision, "resources/read", "{\"uri\":\"" + uri + "\"}");
            WireSchema.of(revision).check("ReadResourceResult", result);
        }
        JsonNode filled = fixtures.result(revision, "resources/read", "{\"uri\":\"test://template/123/data\"}");
        assertThat(text(filled)).isEqualTo("{\"id\":\"123\",\"templateTest\":true,\"data\":\"Data for ID: 123\"}");
    }

    private JsonNode read(Revision revision, String uri) {
        return test.result(revision, "resources/read", "{\"uri\":\"" + uri + "\"}");
    }

    private static String text(JsonNode result) {
        return result.path("contents").get(0).path("text").asText();
    }
}
