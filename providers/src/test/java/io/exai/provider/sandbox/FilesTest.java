package io.exai.provider.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.exai.provider.fixture.SandboxSample;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilesTest {
    @RegisterExtension
    static final Sandboxes SANDBOXES = new Sandboxes();

    private static final String KIMI = "/kimi/v1/files";
    private static final String GLM = "/glm/v4/files";

    private SandboxClient client;

    @BeforeEach
    void start() throws Exception {
        client = SANDBOXES.start(new SandboxSample());
    }

    @ParameterizedTest
    @CsvSource({"/kimi/v1/files, file-extract", "/v1/files, file-extract", "/glm/v4/files, agent"})
    void keepsAFileUntilItIsDeleted(String path, String purpose) throws Exception {
        JsonNode file = SandboxClient.json(upload(path, purpose, "a\r\nb"));
        assertThat(file.path("object").asText()).isEqualTo("file");
        assertThat(file.path("bytes").asInt()).isEqualTo(4);
        assertThat(file.path("filename").asText()).isEqualTo("notes.txt");
        assertThat(file.path("purpose").asText()).isEqualTo(purpose);
        String id = file.path("id").asText();
        assertThat(SandboxClient.json(client.get(path + '/' + id))).isEqualTo(file);
        assertThat(client.get(path + '/' + id + "/content").body()).isEqualTo("a\r\nb");
        assertThat(SandboxClient.json(client.get(path)).at("/data/0")).isEqualTo(file);
        assertThat(client.send("DELETE", path + '/' + id, "").body())
                .isEqualTo("{\"id\":\"" + id + "\",\"object\":\"file\",\"deleted\":true}");
        assertThat(client.get(path + '/' + id).statusCode()).isEqualTo(404);
        assertThat(SandboxClient.json(client.get(path)).path("data")).isEmpty();
    }

    @Test
    void keepsTheFilesOfTheVendorsApart() throws Exception {
        String id =
                SandboxClient.json(upload(KIMI, "file-extract", "a")).path("id").asText();
        assertThat(client.get(GLM + '/' + id).statusCode()).isEqualTo(404);
        assertThat(SandboxClient.json(client.get(GLM)).path("data")).isEmpty();
    }

    @Test
    void wantsAPurposeThatTheVendorKnows() throws Exception {
        var kimi = upload(KIMI, "agent", "a");
        assertThat(kimi.statusCode()).isEqualTo(400);
        assertThat(SandboxClient.json(kimi).at("/error/message").asText()).startsWith("purpose: expected");
        var glm = upload(GLM, "file-extract", "a");
        assertThat(SandboxClient.json(glm).at("/error/code").asText()).isEqualTo("1214");
    }

    @ParameterizedTest
    @CsvSource({"20971520, 200", "20971521, 400"})
    void takesTwentyMegabytesForGlm(int size, int status) throws Exception {
        assertThat(upload(GLM, "agent", "x".repeat(size)).statusCode()).isEqualTo(status);
    }

    @Test
    void wantsAForm() throws Exception {
        assertThat(client.send("POST", KIMI, "{}", "Content-Type", "application/json")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void knowsNoFilesElsewhere() throws Exception {
        assertThat(client.get("/openai/v1/files").statusCode()).isEqualTo(404);
        assertThat(client.get("/anthropic/v1/files").statusCode()).isEqualTo(400);
    }

    @Test
    void putsUploadsIntoTheBooks() throws Exception {
        upload(KIMI, "file-extract", "a");
        JsonNode line = client.requests().get(0);
        assertThat(line.path("dialect").asText()).isEqualTo("kimi");
        assertThat(line.path("outcome").asText()).isEqualTo("ok");
        assertThat(line.path("model").isNull()).isTrue();
    }

    @Test
    void failsOnDemandWhereTheRuleSays() throws Exception {
        client.ask(
                "/sandbox/faults",
                "[{'path':'/files','count':1,'fault':{'kind':'status','status':503}},"
                        + "{'path':'/web_search','fault':{'kind':'garbage'}}]");
        assertThat(client.get("/kimi/v1/models").statusCode()).isEqualTo(200);
        assertThat(upload(KIMI, "file-extract", "a").statusCode()).isEqualTo(503);
        assertThat(upload(KIMI, "file-extract", "a").statusCode()).isEqualTo(200);
        String search = "{'search_engine':'search_pro_jina','search_query':'birds'}";
        assertThat(client.ask("/glm/v4/web_search", search).body()).doesNotContain("birds");
        assertThat(client.chat("hi", false).statusCode()).isEqualTo(200);
        assertThat(client.outcomes()).containsExactly("error", "ok", "ok", "ok");
    }

    @Test
    void searchesTheWebForGlm() throws Exception {
        String good = "{'search_engine':'search_pro_jina','search_query':'birds','count':3}";
        JsonNode found = SandboxClient.json(client.ask("/glm/v4/web_search", good));
        assertThat(found.at("/search_result/0/title").asText()).contains("birds");
        assertThat(found.at("/search_result/0").properties()).hasSize(7);
        var bad = client.ask("/glm/v4/web_search", "{'search_engine':'search_std'}");
        assertThat(SandboxClient.json(bad).at("/error/code").asText()).isEqualTo("1213");
    }

    @ParameterizedTest
    @CsvSource({
        "/kimi/v1/models, kimi-k2-thinking, /data/0/context_length",
        "/glm/v4/models, glm-4.6, /data/0/owned_by",
        "/minimax/anthropic/v1/models, MiniMax-M2, /data/0/display_name",
    })
    void listsTheVendorsModels(String path, String name, String field) throws Exception {
        JsonNode list = SandboxClient.json(client.get(path));
        assertThat(list.path("data"))
                .extracting(model -> model.path("id").asText())
                .contains(name);
        assertThat(list.at(field).isMissingNode()).isFalse();
    }

    private HttpResponse<String> upload(String path, String purpose, String content) throws Exception {
        String body = "--mark\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\n" + purpose
                + "\r\n--mark\r\nContent-Disposition: form-data; name=\"file\"; filename=\"notes.txt\"\r\n"
                + "Content-Type: text/plain\r\n\r\n" + content + "\r\n--mark--\r\n";
        return client.send("POST", path, body, "Content-Type", "multipart/form-data; boundary=mark");
    }
}
