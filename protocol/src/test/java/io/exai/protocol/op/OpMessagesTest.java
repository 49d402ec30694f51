package io.exai.protocol.op;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.error.ErrorCode;
import io.exai.protocol.json.MalformedJson;
import io.exai.protocol.json.WireJson;
import io.exai.protocol.jsonrpc.RequestId;
import io.exai.protocol.mcp.ToolDescription;
import io.exai.protocol.mcp.ToolTraits;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each message as it stands on the wire. */
class OpMessagesTest {
    private static final RequestId ID = new RequestId("\"r-1\"");

    private final OpMessages messages = new OpMessages(true);

    @Test
    void writesWhatAClientIsGreetedWith() {
        assertThat(text(messages.helloAck("s", false)))
                .isEqualTo("{'op':'hello_ack','ok':true,'session_id':'s','resumed':false}");
        assertThat(text(messages.helloRefused("unauthorized")))
                .isEqualTo("{'op':'hello_ack','ok':false,'error':'unauthorized'}");
    }

    @Test
    void writesTheCourseOfACall() throws MalformedJson {
        assertThat(text(messages.progress(ID, "chat", 1.5, "a note")))
                .isEqualTo("{'op':'progress','request_id':'r-1','name':'chat','t':1.5,'note':'a note'}");
        assertThat(text(messages.progress(ID, "chat", 1.5, null)))
                .isEqualTo("{'op':'progress','request_id':'r-1','name':'chat','t':1.5}");
        assertThat(text(messages.callAck(ID, "chat", 270)))
                .isEqualTo("{'op':'call_tool_ack','request_id':'r-1','accepted':true,'name':'chat','timeout':270}");
        assertThat(text(messages.callAck(ID, "chat", 0.75))).contains("'timeout':0.75");
        assertThat(text(messages.called(ID, result("{'content':[{'type':'text','text':'hi'}]}"), 1, false)))
                .isEqualTo("{'op':'call_tool_res','request_id':'r-1',"
                        + "'outputs':[{'type':'text','text':'hi'}],'text':'hi'}");
        assertThat(text(messages.cancelled(ID, 2))).isEqualTo("{'op':'cancelled','request_id':'r-1','timestamp':2.0}");
    }

    @Test
    void tellsARepeatedRunAndARepeatedAnswer() throws MalformedJson {
        assertThat(text(new OpMessages(false).called(ID, result("{'_meta':{'io.exai/model':'m'}}"), 2, true)))
                .isEqualTo("{'op':'call_tool_res','request_id':'r-1','outputs':[{'type':'text','text':''}],"
                        + "'metadata':{'io.exai/model':'m'},'attempts':2,'redelivered':true}");
    }

    @Test
    void writesTheOtherAnswers() {
        assertThat(text(messages.pong(null, 3))).isEqualTo("{'op':'pong','timestamp':3.0}");
        assertThat(text(messages.pong(new RequestId("7"), 3)))
                .isEqualTo("{'op':'pong','request_id':7,'timestamp':3.0}");
        assertThat(text(messages.rotated(ID)))
                .isEqualTo("{'op':'rotate_token_res','request_id':'r-1','ok':true,'persisted':false}");
        assertThat(text(messages.notRotated(null, "too_short")))
                .isEqualTo("{'op':'rotate_token_res','ok':false,'error':'too_short'}");
        assertThat(text(messages.health(null, WireJson.object().put("sessions", 1))))
                .isEqualTo("{'op':'health_res','ok':true,'health':{'sessions':1}}");
        ToolDescription tool = new ToolDescription("a", "A", "does a", WireJson.object(), ToolTraits.of(true, false));
        assertThat(text(messages.tools(ID, List.of(tool))))
                .isEqualTo("{'op':'list_tools_res','request_id':'r-1',"
                        + "'tools':[{'name':'a','description':'does a','inputSchema':{}}]}");
    }

    @Test
    void h11_everyErrorHasOpAndRequestIdEvenWhenTheIdIsUnknown() {
        OpError error = OpError.of(ErrorCode.TIMEOUT, "late");
        assertThat(text(messages.failed("call_tool", ID, error)))
                .isEqualTo("{'op':'call_tool_res','request_id':'r-1','error':{'code':'TIMEOUT','message':'late'}}");
        assertThat(text(messages.failed(null, null, error)))
                .isEqualTo("{'op':'error','request_id':null,'error':{'code':'TIMEOUT','message':'late'}}");
        assertThat(text(messages.failed("cancel", ID, OpError.duplicate(new RequestId("\"o\"")))))
                .isEqualTo("{'op':'error','request_id':'r-1','error':{'code':'DUPLICATE',"
                        + "'message':'duplicate call in flight','details':{'original_request_id':'o'}}}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '|',
            value = {
                "{'code':'OVER_CAPACITY','retryable':true,'retryAfterMs':12001}; OVER_CAPACITY; {'retryable':true,'retry_after':13}",
                "{'code':'OVER_CAPACITY','retryable':true};          OVER_CAPACITY;        {'retryable':true,'retry_after':9}",
                "{'code':'OVER_CAPACITY','retryAfterMs':2000};       OVER_CAPACITY;        {'retry_after':9}",
                "{'code':'PROVIDER_ERROR','retryAfterMs':2001};      PROVIDER_ERROR;       {'retry_after':3}",
                "{'code':'TIMEOUT','retryable':false};               TIMEOUT;              {'retryable':false}",
                "{'code':'VALIDATION_ERROR'};                        VALIDATION_ERROR;     {'field':'prompt'}",
                "{};                                                 TOOL_EXECUTION_ERROR; {}",
            })
    void readsAFailureOutOfABody(String told, String code, String details) throws MalformedJson {
        OpResult result = result("{'isError':true,'content':[{'type':'text','text':'" + code + ": prompt: no'}],"
                + "'_meta':{'io.exai/error':" + told + "}}");
        OpError error = Objects.requireNonNull(result.error());
        assertThat(error.code()).isEqualTo(code);
        assertThat(error.message()).isEqualTo("prompt: no");
        assertThat(error.details().toString().replace('"', '\'')).isEqualTo(details);
    }

    @Test
    void makesTextOfWhatIsNone() throws MalformedJson {
        OpResult result = result("{'content':[{'type':'text','text':'a'},{'type':'image','data':'x'},"
                + "{'type':'text','text':''},{'type':'text','text':'b'}]}");
        assertThat(result.texts()).containsExactly("a", "{\"type\":\"image\",\"data\":\"x\"}", "", "b");
        assertThat(result.joined()).isEqualTo("a\n\n{\"type\":\"image\",\"data\":\"x\"}\n\nb");
        assertThat(result.error()).isNull();
    }

    private static OpResult result(String body) throws MalformedJson {
        return OpResult.of((ObjectNode) WireJson.parse(body.replace('\'', '"')), 9);
    }

    private static String text(byte[] message) {
        return new String(message, UTF_8).replace('"', '\'');
    }
}
