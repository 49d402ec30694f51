package io.exai.provider.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.exai.provider.fixture.SandboxSample;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChatAnswerTest {
    @RegisterExtension
    static final Sandboxes SANDBOXES = new Sandboxes();

    private static final String OPENAI = "/openai/v1/chat/completions";
    private static final String KIMI = "/kimi/v1/chat/completions";
    private static final String GLM = "/glm/v4/chat/completions";
    private static final String FUNCTION =
            ",'tools':[{'type':'function','function':{'name':'look','parameters':{'type':'object'}}}]";

    private SandboxClient client;

    @BeforeEach
    void start() throws Exception {
        client = SANDBOXES.start(new SandboxSample());
    }

    @Test
    void putsKimisUsageIntoTheLastChoice() throws Exception {
        var events = stream(KIMI, "'stream':true", "[cached 2] hi");
        JsonNode last = events.get(events.size() - 1);
        assertThat(last.at("/choices/0/usage/cached_tokens").asInt()).isEqualTo(2);
        assertThat(last.at("/choices/0/usage/prompt_tokens").asInt()).isEqualTo(3);
        assertThat(last.has("usage")).isFalse();
        assertThat(events.get(0).at("/choices/0/delta/role").asText()).isEqualTo("assistant");
        assertThat(events.get(1).at("/choices/0/delta").has("role")).isFalse();
    }

    @Test
    void putsGlmsUsageIntoTheLastChunk() throws Exception {
        var events = stream(GLM, "'stream':true,'request_id':'request-7'", "[cached 2] hi");
        JsonNode last = events.get(events.size() - 1);
        assertThat(last.at("/usage/prompt_tokens_details/cached_tokens").asInt())
                .isEqualTo(2);
        assertThat(last.at("/choices/0/finish_reason").asText()).isEqualTo("stop");
        assertThat(events).allMatch(event -> event.path("request_id").asText().equals("request-7"));
        assertThat(events.get(0).at("/choices/0").has("finish_reason")).isFalse();
        assertThat(events.get(1).at("/choices/0/delta/role").asText()).isEqualTo("assistant");
    }

    @Test
    void tellsOpenAisUsageOnlyWhenAsked() throws Exception {
        var silent = stream(OPENAI, "'stream':true", "hi");
        assertThat(silent).noneMatch(event -> event.path("usage").isObject());
        var events = stream(OPENAI, "'stream':true,'stream_options':{'include_usage':true}", "[cached 1] hi");
        JsonNode last = events.get(events.size() - 1);
        assertThat(last.at("/usage/prompt_tokens_details/cached_tokens").asInt())
                .isEqualTo(1);
        assertThat(last.path("choices")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/glm/v4/chat/completions, glm-4.6, ''",
        "/kimi/v1/chat/completions, kimi-k2-thinking, ''",
        "/kimi/v1/chat/completions, kimi-k2.5, 'enabled'",
    })
    void thinksFirst(String path, String model, String thinking) throws Exception {
        boolean wished = path.startsWith("/glm") || !thinking.isEmpty();
        String body = "{'model':'" + model + "'" + (wished ? ",'thinking':{'type':'enabled'}" : "")
                + ",'messages':[{'role':'user','content':'a b'}]";
        JsonNode whole = SandboxClient.json(client.ask(path, body + "}"));
        assertThat(whole.at("/choices/0/message/reasoning_content").asText())
                .isEqualTo("[sandbox] thinking about: a b");
        assertThat(whole.at("/choices/0/message/content").asText()).isEqualTo("[sandbox] You said: a b");
        assertThat(whole.at("/usage/completion_tokens").asInt()).isEqualTo(10);
        var events = SandboxClient.events(client.ask(path, body + ",'stream':true}"));
        assertThat(joined(events, "/choices/0/delta/reasoning_content")).isEqualTo("[sandbox] thinking about: a b");
        assertThat(joined(events, "/choices/0/delta/content")).isEqualTo("[sandbox] You said: a b");
        assertThat(events.get(4).at("/choices/0/delta").has("content")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "/openai/v1/chat/completions, 'reasoning_effort', '\"high\"'",
        "/glm/v4/chat/completions, thinking, '{\"type\":\"disabled\"}'",
    })
    void showsNoThoughtsWhenNoneAreShown(String path, String field, String value) throws Exception {
        String body = "{'model':'m','" + field + "':" + value + ",'messages':[{'role':'user','content':'hi'}]}";
        assertThat(client.ask(path, body).body())
                .contains("You said: hi")
                .doesNotContain("reasoning", "thinking about");
    }

    @ParameterizedTest
    @ValueSource(strings = {OPENAI, KIMI, GLM})
    void callsAnOfferedTool(String path) throws Exception {
        String body = "{'model':'m'" + FUNCTION
                + ",'messages':[{'role':'user','content':'go [call look {\\'at\\':[1]}] on'}]";
        JsonNode whole = SandboxClient.json(client.ask(path, escaped(body) + "}"));
        assertThat(whole.at("/choices/0/finish_reason").asText()).isEqualTo("tool_calls");
        JsonNode call = whole.at("/choices/0/message/tool_calls/0");
        assertThat(call.at("/function/name").asText()).isEqualTo("look");
        assertThat(call.at("/function/arguments").asText()).isEqualTo("{\"at\":[1]}");
        assertThat(call.path("type").asText()).isEqualTo("function");
        assertThat(call.path("id").asText()).isEqualTo("call_sandbox_1_0");
        var events = SandboxClient.events(client.ask(path, escaped(body) + ",'stream':true}"));
        assertThat(joined(events, "/choices/0/delta/tool_calls/0/function/arguments"))
                .isEqualTo("{\"at\":[1]}");
        assertThat(pieces(events)).hasSize(path.equals(GLM) ? 1 : 5);
        assertThat(events.get(events.size() - 1).at("/choices/0/finish_reason").asText())
                .isEqualTo("tool_calls");
    }

    @Test
    void streamsGlmsToolCallsInPiecesWhenAsked() throws Exception {
        String body = "{'model':'m','stream':true,'tool_stream':true" + FUNCTION
                + ",'messages':[{'role':'user','content':'[call look {\\'at\\':[1]}]'}]}";
        assertThat(pieces(SandboxClient.events(client.ask(GLM, escaped(body))))).hasSizeGreaterThan(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[call other {}]", "[call look {]", "[call look 1]", "[call look {}", "call look {}"})
    void echoesWhatIsNoCall(String prompt) throws Exception {
        String body = "{'model':'m'" + FUNCTION + ",'messages':[{'role':'user','content':'" + prompt + "'}]}";
        assertThat(SandboxClient.json(client.ask(OPENAI, body))
                        .at("/choices/0/message/content")
                        .asText())
                .isEqualTo("[sandbox] You said: " + prompt);
    }

    @ParameterizedTest
    @ValueSource(strings = {OPENAI, KIMI, GLM})
    void tellsWhatTheToolSaid(String path) throws Exception {
        String body = "{'model':'m'" + FUNCTION + ",'messages':[{'role':'user','content':'[call look {}]'},"
                + "{'role':'assistant','content':null,'tool_calls':[{'id':'c1','type':'function',"
                + "'function':{'name':'look','arguments':'{}'}}]},"
                + "{'role':'tool','tool_call_id':'c1','content':'two birds'}]}";
        assertThat(SandboxClient.json(client.ask(path, body))
                        .at("/choices/0/message/content")
                        .asText())
                .isEqualTo("[sandbox] look said: two birds");
    }

    @Test
    void searchesForGlm() throws Exception {
        String body = "{'model':'m','tools':[{'type':'web_search','web_search':{'search_engine':'search_pro_jina',"
                + "'search_recency_filter':'oneWeek','content_size':'medium','result_sequence':'after',"
                + "'search_result':true}}],'messages':[{'role':'user','content':'hi'}]";
        JsonNode whole = SandboxClient.json(client.ask(GLM, body + "}"));
        assertThat(whole.at("/web_search/0/title").asText()).contains("hi");
        assertThat(whole.at("/web_search/0/link").asText()).startsWith("https://");
        var events = SandboxClient.events(client.ask(GLM, body + ",'stream':true}"));
        assertThat(events).filteredOn(event -> event.has("web_search")).hasSize(1);
    }

    @Test
    void countsImages() throws Exception {
        String body = "{'model':'m','messages':[{'role':'user','content':[{'type':'text','text':'see'},"
                + "{'type':'image_url','image_url':{'url':'https://x/y.png'}},"
                + "{'type':'image_url','image_url':{'url':'data:image/png;base64,aGk='}}]}]}";
        for (String path : List.of(OPENAI, KIMI, GLM)) {
            assertThat(SandboxClient.json(client.ask(path, body))
                            .at("/choices/0/message/content")
                            .asText())
                    .isEqualTo("[sandbox] You said: see (2 images)");
        }
    }

    private List<JsonNode> stream(String path, String fields, String prompt) throws Exception {
        return SandboxClient.events(client.ask(
                path, "{'model':'m'," + fields + ",'messages':[{'role':'user','content':'" + prompt + "'}]}"));
    }

    private static List<JsonNode> pieces(List<JsonNode> events) {
        return events.stream()
                .filter(event -> event.at("/choices/0/delta").has("tool_calls"))
                .toList();
    }

    private static String joined(List<JsonNode> events, String path) {
        return events.stream().map(event -> event.at(path).asText("")).collect(Collectors.joining());
    }

    /** Quotes inside texts: written \', they must reach the wire as \". */
    private static String escaped(String body) {
        return body.replace("\\'", "\\\"");
    }
}
