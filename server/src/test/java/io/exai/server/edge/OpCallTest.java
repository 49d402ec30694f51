package io.exai.server.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.exai.server.session.SessionCommand;
import io.exai.server.session.ToClient;
import io.exai.server.session.ToolRequest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of operations, once the client is greeted. */
class OpCallTest {
    private static final String OVER_CAPACITY =
            "{'content':[{'type':'text','text':'OVER_CAPACITY: full'}],'isError':true,"
                    + "'_meta':{'io.exai/error':{'code':'OVER_CAPACITY','retryable':true}}}";

    private final OpClient client = OpClient.greeted();

    @Test
    void tellsTheCourseOfACallInItsOrder() {
        client.calls("a");
        assertThat(client.told()).containsExactly(submission("\"a\"", false));
        client.hears(new ToClient.TakenOn("\"a\""));
        client.hears(new ToClient.Started("\"a\"", 270_000));
        client.answered("a", "{'content':[{'type':'text','text':'hello'}]}");
        assertThat(List.of(client.text(), client.text(), client.text()))
                .containsExactly(
                        "{'op':'progress','request_id':'a','name':'chat','t':1.5,"
                                + "'note':'accepted, awaiting provider/session capacity'}",
                        "{'op':'call_tool_ack','request_id':'a','accepted':true,'name':'chat','timeout':270}",
                        "{'op':'call_tool_res','request_id':'a',"
                                + "'outputs':[{'type':'text','text':'hello'}],'text':'hello'}");
        assertThat(client.wire().toConfirm()).containsExactly(3L);
        assertThat(client.dialogue().isWaiting()).isFalse();
        client.dialogue().confirmed(3);
        assertThat(client.told()).containsExactly(new SessionCommand.Acknowledge(OpClient.CONNECTION, 3));
    }

    @Test
    void makesAnIdForACallWithoutAndTellsIt() {
        client.says("{'op':'call_tool','name':'chat_EXAI-WS','arguments':{'prompt':'hi'}}");
        String id = ((SessionCommand.SubmitCall) client.told().get(0))
                .call()
                .request()
                .requestId();
        client.hears(new ToClient.TakenOn(id));
        assertThat(client.answer().path("request_id").toString()).isEqualTo(id).hasSize(38);
    }

    @Test
    void acknowledgesACallOnceEvenWhenItIsRunAgain() {
        client.runs("a");
        client.hears(new ToClient.Started("\"a\"", 270_000));
        assertThat(client.wire().sent()).isEmpty();
    }

    @Test
    void h1_aHeartbeatTouchesNoWork() {
        client.runs("a");
        client.runs("b");
        assertThat(client.wire().alarms()).last().isEqualTo(Duration.ofSeconds(8));
        int armed = client.wire().alarms().size();
        client.dialogue().alarm();
        client.dialogue().alarm();
        assertThat(client.wire().sentIfIdle())
                .extracting(beat -> beat.path("request_id").asText())
                .containsExactly("a", "b", "a", "b");
        assertThat(client.wire().sentIfIdle().get(0).toString().replace('"', '\''))
                .isEqualTo("{'op':'progress','request_id':'a','name':'chat','t':1.5}");
        assertThat(client.told()).isEmpty();
        assertThat(client.wire().alarms()).hasSize(armed + 2);
    }

    @Test
    void h2_aCallThatEndsAfterAHeartbeatIsForgotten() {
        client.runs("a");
        client.dialogue().alarm();
        client.answered("a", "{'content':[]}");
        client.wire().sentIfIdle().clear();
        client.dialogue().alarm();
        assertThat(client.wire().sentIfIdle()).isEmpty();
        assertThat(client.dialogue().isWaiting()).isFalse();
    }

    @Test
    void h25_aRunningCallIsHeardOfUntilItEnds() {
        OpClient often = OpClient.greeted("exai.deadline.heartbeat = 2500ms");
        often.runs("a");
        assertThat(often.wire().alarms()).last().isEqualTo(Duration.ofMillis(2_500));
        for (int beat = 1; beat <= 20; beat++) {
            often.dialogue().alarm();
            assertThat(often.wire().sentIfIdle()).hasSize(beat);
        }
    }

    @Test
    void h3_aCancelIsAnsweredWhileACallRuns() {
        client.runs("a");
        client.says("{'op':'cancel','request_id':'a'}");
        assertThat(client.told())
                .containsExactly(new SessionCommand.Withdraw(
                        new SessionCommand.CancelCall(OpClient.CONNECTION, "\"a\"", "cancelled by the client"),
                        client.self()));
        client.hears(new ToClient.Withdrawn("\"a\"", true));
        assertThat(client.text()).isEqualTo("{'op':'cancelled','request_id':'a','timestamp':1.5}");
        assertThat(client.dialogue().isWaiting()).isFalse();
    }

    @Test
    void h3_pingHealthAndListAreAnsweredWhileEightCallsRun() {
        for (int call = 0; call < 8; call++) {
            client.runs("c" + call);
        }
        assertThat(client.dialogue().isReady()).isTrue();
        client.says("{'op':'ping','request_id':'p'}");
        assertThat(client.text()).isEqualTo("{'op':'pong','request_id':'p','timestamp':1.5}");
        client.says("{'op':'health'}");
        assertThat(client.text()).isEqualTo("{'op':'health_res','ok':true,'health':{'tool_count':4}}");
        client.says("{'op':'list_tools'}");
        JsonNode tools = client.answer().path("tools");
        assertThat(tools).hasSizeGreaterThan(3);
        assertThat(tools.get(0).path("inputSchema").path("type").asText()).isEqualTo("object");
    }

    @Test
    void h3_callsOfOneConnectionEndInAnyOrder() {
        client.runs("a");
        client.runs("b");
        client.answered("b", "{'content':[]}");
        client.answered("a", "{'content':[]}");
        assertThat(client.answer().path("request_id").asText()).isEqualTo("b");
        assertThat(client.answer().path("request_id").asText()).isEqualTo("a");
    }

    @Test
    void h4_aCallRefusedForCapacityIsNotTakenForRunning() {
        client.calls("a");
        client.answered("a", OVER_CAPACITY);
        assertThat(client.text())
                .isEqualTo("{'op':'call_tool_res','request_id':'a','error':{'code':'OVER_CAPACITY',"
                        + "'message':'full','details':{'retryable':true,'retry_after':1,'tool_name':'chat'}}}");
        client.told();
        client.calls("a");
        assertThat(client.told()).containsExactly(submission("\"a\"", false));
    }

    @Test
    void tellsThatTheSameRequestRunsAlready() {
        client.runs("a");
        client.calls("a");
        client.hears(new ToClient.Underway("\"a\"", "chat"));
        assertThat(client.text())
                .isEqualTo("{'op':'progress','request_id':'a','name':'chat','t':1.5,"
                        + "'note':'duplicate request; still processing'}");
        assertThat(client.dialogue().isWaiting()).isTrue();
    }

    /** The session says so each time that it is asked. */
    @Test
    void tellsOnceThatACallIsTakenOn() {
        client.runs("a");
        client.hears(new ToClient.TakenOn("\"a\""));
        client.answered("a", "{'content':[]}");
        assertThat(client.answer().path("op").asText()).isEqualTo("call_tool_res");
    }

    @Test
    void namesTheCallThatADuplicateRepeats() {
        client.runs("a");
        client.calls("b");
        client.hears(new ToClient.Duplicate("\"b\"", "\"a\""));
        assertThat(client.text())
                .isEqualTo("{'op':'call_tool_res','request_id':'b','error':{'code':'DUPLICATE',"
                        + "'message':'duplicate call in flight','details':{'original_request_id':'a'}}}");
        client.answered("a", "{'content':[]}");
        assertThat(client.dialogue().isWaiting()).isFalse();
    }

    @Test
    void sendsToolsApartThatTheSettingsName() {
        OpClient apart = OpClient.greeted("exai.flight.distinct-tools = [chat]");
        apart.calls("a");
        assertThat(((SessionCommand.SubmitCall) apart.told().get(0)).apart()).isTrue();
    }

    @Test
    void keepsARunningCallWhoseIdIsUsedForAnother() {
        client.runs("a");
        client.hears(new ToClient.Rejected("\"a\"", "id: in use", false));
        assertThat(client.answer().path("error").path("code").asText()).isEqualTo("INVALID_REQUEST");
        assertThat(client.dialogue().isWaiting()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '|',
            value = {
                "{'op':'call_tool','request_id':'r','name':'chatt'}; call_tool_res; 'r'; TOOL_NOT_FOUND; Unknown tool: chatt (did you mean chat?)",
                "{'op':'call_tool','request_id':'r','name':'chat'};  call_tool_res; 'r'; VALIDATION_ERROR; prompt: missing (expected: type string)",
                "{'op':'call_tool','name':7};          call_tool_res; null; INVALID_REQUEST; name: 7 (expected: the name of a tool)",
                "{'op':'nonsense','request_id':3};     error;         3;    PROTOCOL_ERROR;  Unknown operation: nonsense",
                "{'op':'hello'};                       error;         null; PROTOCOL_ERROR;  hello was said before (expected: once a connection)",
                "{'jsonrpc':'2.0','id':1};             error;         null; INVALID_REQUEST; op: missing (expected: a text, the name of an operation)",
            })
    void h11_everyErrorNamesItsOperationAndItsRequest(String message, String op, String id, String code, String text) {
        client.says(message);
        JsonNode answer = client.answer();
        assertThat(answer.path("op").asText()).isEqualTo(op);
        assertThat(answer.path("request_id").toString()).isEqualTo(id.replace('\'', '"'));
        assertThat(answer.path("error").path("code").asText()).isEqualTo(code);
        assertThat(answer.path("error").path("message").asText()).isEqualTo(text);
        assertThat(answer).hasSize(3);
        assertThat(client.told()).isEmpty();
        assertThat(client.wire().closings()).isEmpty();
    }

    @Test
    void h11_aCancelOfNothingIsAnError() {
        client.hears(new ToClient.Withdrawn("\"x\"", false));
        assertThat(client.text())
                .isEqualTo("{'op':'error','request_id':'x','error':{'code':'NOT_FOUND',"
                        + "'message':'no call of this session runs under \\'x\\''}}");
    }

    @Test
    void livesOnAfterWhatIsNoJson() {
        client.says("{'op':'call_tool','request_id':'r','name'");
        JsonNode answer = client.answer();
        assertThat(answer.path("op").asText()).isEqualTo("call_tool_res");
        assertThat(answer.path("error").path("code").asText()).isEqualTo("VALIDATION_ERROR");
        assertThat(client.wire().closings()).isEmpty();
        client.runs("a");
    }

    @Test
    void h19_aMessageIsMeasuredInBytesOfTheWire() {
        String begin = "{'op':'call_tool','request_id':'r','name':'chat','arguments':{'prompt':'";
        String fill = "\u00e9".repeat((OpClient.CALL_LIMIT - begin.length() - 4) / 2);
        client.says(begin + fill + "'}}");
        assertThat(client.told()).hasSize(1);
        client.says(begin + fill + "\u00e9\u00e9'}}");
        JsonNode error = client.answer().path("error");
        int size = begin.length() + 2 * fill.length() + 4 + 3;
        assertThat(error.path("message").asText())
                .isEqualTo("Request too large: " + size + " bytes exceeds limit of 2000 bytes");
        assertThat(error.path("details").path("actual_size").asInt()).isEqualTo(size);
        assertThat(client.told()).isEmpty();
    }

    private SessionCommand submission(String id, boolean apart) {
        return new SessionCommand.SubmitCall(
                new SessionCommand.CallTool(
                        OpClient.CONNECTION,
                        new ToolRequest(id, "chat", "{\"prompt\":\"hi\"}", null, "op", null, null),
                        client.self()),
                apart);
    }
}
