package io.exai.provider.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.exai.provider.fixture.SandboxSample;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessagesAnswerTest {
    @RegisterExtension
    static final Sandboxes SANDBOXES = new Sandboxes();

    private static final String PATH = "/anthropic/v1/messages";
    private static final String TOOLS = ",'tools':[{'name':'look','input_schema':{'type':'object','properties':{}}}]";

    private SandboxClient client;

    @BeforeEach
    void start() throws Exception {
        client = SANDBOXES.start(new SandboxSample());
    }

    @ParameterizedTest
    @CsvSource({
        "/anthropic/v1/messages, abab6.5s-chat, anthropic",
        "/minimax/anthropic/v1/messages, claude, minimax",
        "/v1/messages, claude, anthropic",
        "/v1/messages, MiniMax-M2, minimax",
        "/v1/messages, abab6.5s-chat, minimax",
    })
    void answersInOneMessage(String path, String model, String dialect) throws Exception {
        String body = "{'model':'" + model + "','max_tokens':9,'system':'Be brief.',"
                + "'messages':[{'role':'user','content':'a [cached 2] b'}]}";
        JsonNode answer = SandboxClient.json(ask(path, body));
        assertThat(answer.path("type").asText()).isEqualTo("message");
        assertThat(answer.path("role").asText()).isEqualTo("assistant");
        assertThat(answer.path("model").asText()).isEqualTo(model);
        assertThat(answer.at("/content/0/type").asText()).isEqualTo("text");
        assertThat(answer.at("/content/0/text").asText()).isEqualTo("[sandbox] You said: a [cached 2] b");
        assertThat(answer.path("stop_reason").asText()).isEqualTo("end_turn");
        assertThat(answer.at("/usage/input_tokens").asInt()).isEqualTo(4);
        assertThat(answer.at("/usage/cache_read_input_tokens").asInt()).isEqualTo(2);
        assertThat(answer.at("/usage/output_tokens").asInt()).isEqualTo(7);
        assertThat(client.requests().get(0).path("dialect").asText()).isEqualTo(dialect);
    }

    @Test
    void streamsEventAfterEvent() throws Exception {
        var response = ask(PATH, body("'stream':true,", "hi"));
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
        assertThat(names(response))
                .containsExactly(
                        "message_start",
                        "ping",
                        "content_block_start",
                        "content_block_delta",
                        "content_block_delta",
                        "content_block_delta",
                        "content_block_delta",
                        "content_block_stop",
                        "message_delta",
                        "message_stop");
        var events = SandboxClient.events(response);
        assertThat(events).extracting(event -> event.path("type").asText()).isEqualTo(names(response));
        assertThat(events.get(0).at("/message/usage/input_tokens").asInt()).isEqualTo(1);
        assertThat(events.get(0).at("/message/content")).isEmpty();
        assertThat(joined(events, "/delta/text")).isEqualTo("[sandbox] You said: hi");
        assertThat(events.get(8).at("/delta/stop_reason").asText()).isEqualTo("end_turn");
        assertThat(events.get(8).at("/usage/output_tokens").asInt()).isEqualTo(4);
    }

    @Test
    void thinksInABlockOfItsOwn() throws Exception {
        String thinking = "'thinking':{'type':'enabled','budget_tokens':1024},";
        JsonNode whole = SandboxClient.json(ask(PATH, body(thinking, "hi")));
        assertThat(whole.at("/content/0/type").asText()).isEqualTo("thinking");
        assertThat(whole.at("/content/0/thinking").asText()).isEqualTo("[sandbox] thinking about: hi");
        assertThat(whole.at("/content/0/signature").asText()).isNotEmpty();
        assertThat(whole.at("/content/1/text").asText()).isEqualTo("[sandbox] You said: hi");
        var events = SandboxClient.events(ask(PATH, body(thinking + "'stream':true,", "hi")));
        assertThat(joined(events, "/delta/thinking")).isEqualTo("[sandbox] thinking about: hi");
        assertThat(events)
                .filteredOn(event -> event.at("/delta/type").asText().equals("signature_delta"))
                .hasSize(1);
        assertThat(events)
                .filteredOn(event -> event.path("type").asText().equals("content_block_start"))
                .extracting(event -> event.path("index").asInt())
                .containsExactly(0, 1);
    }

    @Test
    void usesAnOfferedTool() throws Exception {
        String prompt = "[call look {\\\"at\\\":[1]}]";
        JsonNode whole = SandboxClient.json(ask(PATH, body("'stream':false" + TOOLS + ",", prompt)));
        assertThat(whole.path("stop_reason").asText()).isEqualTo("tool_use");
        assertThat(whole.at("/content/0/type").asText()).isEqualTo("tool_use");
        assertThat(whole.at("/content/0/name").asText()).isEqualTo("look");
        assertThat(whole.at("/content/0/input/at/0").asInt()).isEqualTo(1);
        var events = SandboxClient.events(ask(PATH, body("'stream':true" + TOOLS + ",", prompt)));
        assertThat(joined(events, "/delta/partial_json")).isEqualTo("{\"at\":[1]}");
        assertThat(events)
                .filteredOn(event -> event.at("/delta").has("partial_json"))
                .hasSizeGreaterThan(2);
        assertThat(events.get(2).at("/content_block/name").asText()).isEqualTo("look");
    }

    @Test
    void tellsWhatTheToolSaid() throws Exception {
        String body = "{'model':'m','max_tokens':9" + TOOLS + ",'messages':[{'role':'user','content':'go'},"
                + "{'role':'assistant','content':[{'type':'tool_use','id':'t1','name':'look','input':{}}]},"
                + "{'role':'user','content':[{'type':'tool_result','tool_use_id':'t1','content':'two birds'}]}]}";
        assertThat(SandboxClient.json(ask(PATH, body)).at("/content/0/text").asText())
                .isEqualTo("[sandbox] look said: two birds");
    }

    @Test
    void countsImagesButNotForMiniMax() throws Exception {
        String body = "{'model':'m','max_tokens':9,'messages':[{'role':'user','content':[{'type':'text','text':'see'},"
                + "{'type':'image','source':{'type':'base64','media_type':'image/png','data':'aGk='}},"
                + "{'type':'image','source':{'type':'url','url':'https://x/y.png'}}]}]}";
        assertThat(SandboxClient.json(ask(PATH, body)).at("/content/0/text").asText())
                .isEqualTo("[sandbox] You said: see (2 images)");
        assertThat(ask("/minimax/anthropic/v1/messages", body).statusCode()).isEqualTo(400);
    }

    private HttpResponse<String> ask(String path, String body) throws Exception {
        return client.ask(path, body, "anthropic-version", "2023-06-01");
    }

    private static String body(String fields, String prompt) {
        return "{'model':'m','max_tokens':2000," + fields + "'messages':[{'role':'user','content':'" + prompt + "'}]}";
    }

    private static List<String> names(HttpResponse<String> response) {
        return response.body()
                .lines()
                .filter(line -> line.startsWith("event: "))
                .map(line -> line.substring("event: ".length()))
                .toList();
    }

    private static String joined(List<JsonNode> events, String path) {
        return events.stream().map(event -> event.at(path).asText("")).collect(Collectors.joining());
    }
}
