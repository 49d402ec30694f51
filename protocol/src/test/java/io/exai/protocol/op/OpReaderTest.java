package io.exai.protocol.op;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.exai.protocol.json.WireJson;
import io.exai.protocol.jsonrpc.RequestId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the messages of a client amount to. */
class OpReaderTest {
    private static final RequestId ID = new RequestId("\"r\"");

    @Test
    void readsEveryOperation() {
        assertThat(read("{'op':'hello'}")).isEqualTo(new OpFrame.Hello(null, null));
        assertThat(read("{'op':'hello','session_id':'s','token':'t','jwt':1,'protocolVersion':'x'}"))
                .isEqualTo(new OpFrame.Hello("s", "t"));
        assertThat(read("{'op':'call_tool','request_id':'r','name':'chat','arguments':{'a':1}}"))
                .isEqualTo(new OpFrame.CallTool(ID, "chat", WireJson.object().put("a", 1)));
        assertThat(read("{'op':'list_tools','request_id':'r'}")).isEqualTo(new OpFrame.ListTools(ID));
        assertThat(read("{'op':'health'}")).isEqualTo(new OpFrame.Health(null));
        assertThat(read("{'op':'ping','request_id':null}")).isEqualTo(new OpFrame.Ping(null));
        assertThat(read("{'op':'cancel','request_id':'r'}")).isEqualTo(new OpFrame.Cancel(ID));
        assertThat(read("{'op':'rotate_token','old':'a','new':'b'}"))
                .isEqualTo(new OpFrame.RotateToken(null, "a", "b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"chat_EXAI-WS", "chat-EXAI-WS", "chat_EXAI_WS", "chat-EXAI_WS", "chat"})
    void takesTheSuffixesOfOldBridgesOffAToolsName(String name) {
        assertThat(read("{'op':'call_tool','name':'" + name + "'}"))
                .isEqualTo(new OpFrame.CallTool(null, "chat", WireJson.object()));
    }

    @Test
    void takesMissingAndNullArgumentsForNone() {
        assertThat(read("{'op':'call_tool','name':'_EXAI-WS','arguments':null}"))
                .isEqualTo(new OpFrame.CallTool(null, "_EXAI-WS", WireJson.object()));
    }

    @Test
    void writesEqualArgumentsAlike() {
        assertThat(arguments("{'b':[{'y':1,'x':2}],'a':{'d':null,'c':'z'}}"))
                .isEqualTo(arguments("{'a':{'c':'z','d':null},'b':[{'x':2,'y':1}]}"))
                .isEqualTo("{\"a\":{\"c\":\"z\",\"d\":null},\"b\":[{\"x\":2,\"y\":1}]}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '|',
            value = {
                "{'op':'call_tool','request_id':'r'};                   name;       missing; the name of a tool",
                "{'op':'call_tool','request_id':'r','name':''};         name;       \"\";    the name of a tool",
                "{'op':'call_tool','request_id':'r','name':[]};         name;       [];      the name of a tool",
                "{'op':'call_tool','request_id':'r','name':'x','arguments':'{}'}; arguments; \"{}\"; an object",
                "{'op':'cancel'};                                       request_id; missing; the id of a call",
                "{'op':'ping','request_id':{}};                         request_id; {};      a text or a whole number, at most 254 characters",
                "{'op':'ping','request_id':1.5};                        request_id; 1.5;     a text or a whole number, at most 254 characters",
                "{'op':7};                                              op;         7;       a text, the name of an operation",
                "{};                                                    op;         missing; a text, the name of an operation",
                "{'op':'hello','token':5};                              token;      not a text; a text",
                "{'op':'hello','session_id':[]};                        session_id; not a text; a text",
                "[];                                                    message;    [];      one JSON object",
            })
    void namesTheFieldThatIsWrong(String message, String field, String shown, String expected) {
        OpError error = malformed(message).error();
        assertThat(error.code()).isEqualTo("INVALID_REQUEST");
        assertThat(error.message()).isEqualTo(field + ": " + shown + " (expected: " + expected + ")");
        assertThat(error.details().path("field").asText()).isEqualTo(field);
    }

    @Test
    void tellsAnUnknownOperation() {
        OpFrame.Malformed unknown = malformed("{'op':'tool_call','request_id':'r'}");
        assertThat(unknown.op()).isEqualTo("tool_call");
        assertThat(unknown.requestId()).isEqualTo(ID);
        assertThat(unknown.error().code()).isEqualTo("PROTOCOL_ERROR");
        assertThat(unknown.error().message()).isEqualTo("Unknown operation: tool_call");
        assertThat(unknown.error().details().path("operation").asText()).isEqualTo("tool_call");
    }

    @Test
    void keepsOpAndIdOfWhatIsNoJsonToItsEnd() {
        OpFrame.Malformed broken = malformed("{'op':'call_tool','request_id':'r','name':");
        assertThat(broken.op()).isEqualTo("call_tool");
        assertThat(broken.requestId()).isEqualTo(ID);
        assertThat(broken.error().code()).isEqualTo("VALIDATION_ERROR");
        assertThat(broken.error().details().path("parse_error").asText()).contains("at byte");
    }

    @Test
    void showsNoSecretInItsText() {
        assertThat(read("{'op':'hello','session_id':'the-id','token':'the-token'}"))
                .asString()
                .doesNotContain("the-");
        assertThat(read("{'op':'rotate_token','old':'the-old','new':'the-new'}"))
                .asString()
                .doesNotContain("the-");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '|',
            value = {
                "{'x':{'op':'inner'},'op':'hello','request_id':7}; hello; 7",
                "{'op':'hello'; hello;",
                "{'op':7,'request_id':[]};  ;",
                "['op'];  ;",
                "nonsense;  ;",
                "{'jsonrpc':'2.0','id':1,'method':'ping'};  ;",
            })
    void peeksAtTheOutermostOp(
            String message,
            @org.jspecify.annotations.Nullable String op,
            @org.jspecify.annotations.Nullable String id) {
        OpPeek peek = OpPeek.of(bytes(message));
        assertThat(peek.op()).isEqualTo(op);
        assertThat(peek.requestId()).isEqualTo(id == null ? null : new RequestId(id));
    }

    private static OpFrame read(String message) {
        return OpReader.read(bytes(message));
    }

    private static OpFrame.Malformed malformed(String message) {
        return (OpFrame.Malformed) read(message);
    }

    private static String arguments(String json) {
        return WireJson.write(
                ((OpFrame.CallTool) read("{'op':'call_tool','name':'x','arguments':" + json + "}")).arguments());
    }

    private static byte[] bytes(String message) {
        return message.replace('\'', '"').getBytes(UTF_8);
    }
}
