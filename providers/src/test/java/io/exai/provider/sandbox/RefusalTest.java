package io.exai.provider.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.exai.provider.fixture.SandboxSample;
import java.net.http.HttpResponse;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefusalTest {
    @RegisterExtension
    static final Sandboxes SANDBOXES = new Sandboxes();

    private static final String USER = "'messages':[{'role':'user','content':'hi'}]";

    private SandboxClient client;

    @BeforeEach
    void start() throws Exception {
        client = SANDBOXES.start(new SandboxSample());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "openai | 'foo':1 | foo",
                "openai | 'do_sample':true | do_sample",
                "openai | 'temperature':2.1 | temperature",
                "openai | 'stream_options':{'include_usage':true} | stream_options",
                "openai | 'stream':true,'stream_options':{'x':1} | stream_options.x",
                "openai | 'max_tokens':1,'max_completion_tokens':1 | max_tokens",
                "openai | 'reasoning_effort':'most' | reasoning_effort",
                "openai | 'response_format':{'type':'xml'} | response_format.type",
                "openai | 'response_format':{'type':'json_schema'} | response_format.json_schema",
                "openai | 'tool_choice':'auto' | tool_choice",
                "openai | 'tools':[{'type':'web_search'}] | tools[0].type",
                "openai | 'tools':[{'type':'function','function':{'name':'a b'}}] | tools[0].function.name",
                "openai | 'tools':[{'type':'function','function':{'name':'a','x':1}}] | tools[0].function.x",
                "kimi | 'temperature':1.1 | temperature",
                "kimi | 'do_sample':true | do_sample",
                "kimi | 'tools':[{'type':'builtin_function','function':{'name':'$other'}}] | tools[0].function.name",
                "kimi | 'top_p':'high' | top_p",
                "glm | 'temperature':1.1 | temperature",
                "glm | 'thinking':{'type':'on'} | thinking.type",
                "glm | 'tool_choice':'none' | tool_choice",
                "glm | 'request_id':'short' | request_id",
                "glm | 'frequency_penalty':1 | frequency_penalty",
                "glm | 'tools':[{'type':'web_search','web_search':{'x':1}}] | tools[0].web_search.x",
            })
    void namesTheFieldOfAChatRequest(String vendor, String fields, String field) throws Exception {
        String body = "{'model':'m'," + fields + "," + USER + "}";
        expect(client.ask(path(vendor), body), vendor, field);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "openai | {'role':'cook','content':'hi'} | messages[0].role",
                "openai | {'role':'user','content':'hi','x':1} | messages[0].x",
                "openai | {'role':'user','content':'hi','partial':true} | messages[0].partial",
                "openai | {'role':'assistant'} | messages[0].content",
                "openai | {'role':'tool','tool_call_id':'c','content':'x'} | messages[0].tool_call_id",
                "openai | {'role':'user','content':[{'type':'text','text':'a','x':1}]} | messages[0].content[0].x",
                "openai | {'role':'user','content':[{'type':'video_url'}]} | messages[0].content[0].type",
                "openai | {'role':'user','content':[{'type':'image_url','image_url':{'url':'ftp://x'}}]}"
                        + " | messages[0].content[0].image_url",
                "openai | {'role':'user','content':[{'type':'image_url','image_url':"
                        + "{'url':'data:image/png;base64,%'}}]} | messages[0].content[0].image_url",
                "kimi | {'role':'developer','content':'hi'} | messages[0].role",
                "kimi | {'role':'assistant','content':'a','partial':true},{'role':'user','content':'a'}"
                        + " | messages[0].partial",
                "glm | {'role':'user','content':'hi','name':'me'} | messages[0].name",
                "glm | {'role':'system','content':'hi'} | messages",
                "openai | {'role':'assistant','tool_calls':[{'id':'c','type':'function',"
                        + "'function':{'name':'f','arguments':'{}'}}]},{'role':'user','content':'a'} | messages[1]",
                "openai | {'role':'assistant','tool_calls':[{'id':'c','type':'function',"
                        + "'function':{'name':'f','arguments':'{}'}}]} | messages",
            })
    void namesTheFieldOfAMessage(String vendor, String messages, String field) throws Exception {
        expect(client.ask(path(vendor), "{'model':'m','messages':[" + messages + "]}"), vendor, field);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'temperature':1 | max_tokens",
                "'max_tokens':0 | max_tokens",
                "'max_tokens':9,'x':1 | x",
                "'max_tokens':9,'temperature':1.5 | temperature",
                "'max_tokens':9,'top_k':-1 | top_k",
                "'max_tokens':9,'stop':'x' | stop",
                "'max_tokens':9,'system':[{'type':'image'}] | system[0].type",
                "'max_tokens':9,'metadata':{'user':'x'} | metadata.user",
                "'max_tokens':2000,'thinking':{'type':'enabled'} | thinking.budget_tokens",
                "'max_tokens':2000,'thinking':{'type':'enabled','budget_tokens':1023} | thinking.budget_tokens",
                "'max_tokens':1024,'thinking':{'type':'enabled','budget_tokens':1024} | thinking.budget_tokens",
                "'max_tokens':2000,'temperature':0.5,'thinking':{'type':'enabled','budget_tokens':1024} | temperature",
                "'max_tokens':9,'tools':[{'name':'a'}] | tools[0].input_schema",
                "'max_tokens':9,'tools':[{'type':'function','name':'a'}] | tools[0].type",
                "'max_tokens':9,'tools':[{'name':'a','input_schema':{'type':'text'}}] | tools[0].input_schema.type",
                "'max_tokens':9,'tool_choice':{'type':'auto'} | tool_choice",
            })
    void namesTheFieldOfAMessagesRequest(String fields, String field) throws Exception {
        String body = "{'model':'m'," + fields + "," + USER + "}";
        expect(client.ask(path("anthropic"), body, "anthropic-version", "2023-06-01"), "anthropic", field);
        if (!field.equals("temperature")) {
            expect(client.ask(path("minimax"), body), "minimax", field);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'role':'system','content':'a'},{'role':'user','content':'a'} | messages[0].role",
                "{'role':'assistant','content':'a'} | messages[0].role",
                "{'role':'user','content':[{'type':'tool_result','tool_use_id':'t','content':'x'}]}"
                        + " | messages[0].content[0].tool_use_id",
                "{'role':'user','content':[{'type':'image','source':{'type':'base64','media_type':'image/bmp',"
                        + "'data':'a'}}]} | messages[0].content[0].source.media_type",
                "{'role':'user','content':'a'},{'role':'assistant','content':[{'type':'tool_use','id':'t',"
                        + "'name':'n','input':{}}]},{'role':'user','content':'b'} | messages[2]",
            })
    void namesTheFieldOfAMessagesMessage(String messages, String field) throws Exception {
        String body = "{'model':'m','max_tokens':9,'messages':[" + messages + "]}";
        expect(client.ask(path("anthropic"), body, "anthropic-version", "2023-06-01"), "anthropic", field);
    }

    @Test
    void wantsAVersionFromAnthropicsClientsOnly() throws Exception {
        String body = "{'model':'m','max_tokens':9," + USER + "}";
        var response = client.ask(path("anthropic"), body);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("anthropic-version");
        assertThat(client.ask(path("minimax"), body).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"'foo':1, 1210", "'top_p':2, 1214", "'thinking':{}, 1213"})
    void tellsGlmsCodes(String fields, String code) throws Exception {
        var response = client.ask(path("glm"), "{'model':'m'," + fields.replace('"', '\'') + "," + USER + "}");
        assertThat(SandboxClient.json(response).at("/error/code").asText()).isEqualTo(code);
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 11})
    void takesTenImages(int count) throws Exception {
        String image = "{'type':'image_url','image_url':{'url':'https://x/y.png'}}";
        String parts = image + ("," + image).repeat(count - 1);
        String body = "{'model':'m','messages':[{'role':'user','content':[" + parts + "]}]}";
        assertThat(client.ask(path("kimi"), body).statusCode()).isEqualTo(count == 10 ? 200 : 400);
    }

    @ParameterizedTest
    @ValueSource(ints = {5 << 20, (5 << 20) + 1})
    void takesImagesOfFiveMegabytes(int size) throws Exception {
        String data = Base64.getEncoder().encodeToString(new byte[size]);
        String body = "{'model':'m','messages':[{'role':'user','content':[{'type':'image_url','image_url':"
                + "{'url':'data:image/png;base64," + data + "'}}]}]}";
        assertThat(client.ask(path("openai"), body).statusCode()).isEqualTo(size == 5 << 20 ? 200 : 400);
    }

    private void expect(HttpResponse<String> response, String vendor, String field) throws Exception {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        JsonNode root = SandboxClient.json(response);
        JsonNode error = root.path("error");
        assertThat(error.path("message").asText()).startsWith(field + ": expected ");
        switch (vendor) {
            case "openai" -> assertThat(error.path("param").asText()).isEqualTo(field);
            case "glm" -> assertThat(error.path("code").asText()).startsWith("121");
            case "kimi" -> assertThat(error.properties()).hasSize(2);
            default -> {
                assertThat(root.path("type").asText()).isEqualTo("error");
                assertThat(root.path("request_id").asText()).isNotEmpty();
            }
        }
        if (!vendor.equals("glm")) {
            assertThat(error.path("type").asText()).isEqualTo("invalid_request_error");
        }
        assertThat(client.outcomes()).containsOnly("invalid");
    }

    private static String path(String vendor) {
        return switch (vendor) {
            case "kimi" -> "/kimi/v1/chat/completions";
            case "glm" -> "/api/paas/v4/chat/completions";
            case "anthropic" -> "/anthropic/v1/messages";
            case "minimax" -> "/minimax/anthropic/v1/messages";
            default -> "/openai/v1/chat/completions";
        };
    }
}
