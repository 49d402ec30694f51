package io.exai.provider.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.provider.fixture.SandboxSample;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KimiTest {
    @RegisterExtension
    static final Sandboxes SANDBOXES = new Sandboxes();

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PATH = "/kimi/v1/chat/completions";
    private static final String SEARCH =
            "{'model':'m','tools':[{'type':'builtin_function','function':{'name':'$web_search'}}],"
                    + "'messages':[{'role':'user','content':'[search] birds'}]}";

    private SandboxClient client;

    @BeforeEach
    void start() throws Exception {
        client = SANDBOXES.start(new SandboxSample());
    }

    @ParameterizedTest
    @CsvSource({"$web_search, '', 200", "search, '', 400", "'', '', 400", "$web_search, ' ', 400"})
    void searchesOnceItsArgumentsComeBackUnchanged(String name, String change, int status) throws Exception {
        JsonNode first = SandboxClient.json(client.ask(PATH, SEARCH));
        assertThat(first.at("/choices/0/finish_reason").asText()).isEqualTo("tool_calls");
        JsonNode message = first.at("/choices/0/message");
        JsonNode call = message.at("/tool_calls/0");
        assertThat(call.at("/function/name").asText()).isEqualTo("$web_search");
        String arguments = call.at("/function/arguments").asText();
        assertThat(JSON.readTree(arguments).path("search_result").isObject()).isTrue();

        var second = (ObjectNode) JSON.readTree(SEARCH.replace('\'', '"'));
        second.withArray("messages").add(message);
        second.withArray("messages")
                .addObject()
                .put("role", "tool")
                .put("tool_call_id", call.path("id").asText())
                .put("name", name)
                .put("content", arguments + change);
        var response = client.ask(PATH, second.toString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(SandboxClient.json(response).at("/choices/0/message/content").asText())
                .isEqualTo(status == 200 ? "[sandbox] You said: [search] birds" : "");
    }

    @Test
    void searchesNotWhenNothingOffersIt() throws Exception {
        String body = "{'model':'m','messages':[{'role':'user','content':'[search] birds'}]}";
        assertThat(client.ask(PATH, body).body()).contains("You said: [search] birds");
    }

    @Test
    void knowsACachedContextByItsToken() throws Exception {
        String body = "{'model':'m','messages':[{'role':'system','content':'a b c'},{'role':'user','content':'d'}]}";
        var first = client.ask(PATH, body, "X-Msh-Context-Cache", "tag", "X-Msh-Context-Cache-Reset-TTL", "3600");
        String token =
                first.headers().firstValue("Msh-Context-Cache-Token-Saved").orElseThrow();
        assertThat(first.body()).doesNotContain("cached_tokens");
        var second = client.ask(PATH, body, "Msh-Context-Cache-Token", token);
        assertThat(SandboxClient.json(second).at("/usage/cached_tokens").asInt())
                .isEqualTo(3);
        assertThat(second.headers().firstValue("Msh-Context-Cache-Token-Saved")).isEmpty();
        var unknown = client.ask(PATH, body, "Msh-Context-Cache-Token", token + "0");
        assertThat(unknown.body()).doesNotContain("cached_tokens");
    }

    @Test
    void savesNoContextForOthers() throws Exception {
        String body = "{'model':'m','messages':[{'role':'user','content':'d'}]}";
        var response = client.ask("/openai/v1/chat/completions", body, "X-Msh-Context-Cache", "tag");
        assertThat(response.headers().map()).doesNotContainKey("Msh-Context-Cache-Token-Saved");
    }
}
