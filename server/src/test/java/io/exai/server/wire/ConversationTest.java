package io.exai.server.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.exai.protocol.json.WireJson;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConversationTest {
    private final Conversation conversation = new Conversation();

    @ParameterizedTest
    @ValueSource(strings = {"2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"})
    void followsTheRevisionOfTheHandshake(String revision) throws Exception {
        initialized(revision);
        said("{'id':2,'method':'tools/call','params':{'name':'x'}}");

        assertThat(problems("{'id':2,'result':{'content':[{'type':'text','text':'a'}]}}"))
                .isEmpty();
        assertThat(problems("{'id':2,'result':{'content':[{'type':'text'}]}}")).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({"2024-11-05, false", "2025-03-26, false", "2025-06-18, true", "2025-11-25, true"})
    void knowsWhichRevisionHasFormsForTheUser(String revision, boolean known) throws Exception {
        initialized(revision);

        assertThat(problems("{'id':1,'method':'elicitation/create','params':{'message':'m',"
                                + "'requestedSchema':{'type':'object','properties':{}}}}")
                        .isEmpty())
                .isEqualTo(known);
    }

    @Test
    void holdsAResultAgainstTheMethodOfItsRequest() throws Exception {
        initialized("2025-11-25");
        said("{'id':2,'method':'tools/list'}");

        assertThat(problems("{'id':2,'result':{'content':[]}}")).isNotEmpty();
        assertThat(problems("{'id':2,'result':{'tools':[]}}")).isEmpty();
        assertThat(problems("{'id':2,'result':{'tools':[{'name':'x'}]}}")).isNotEmpty();
    }

    @Test
    void allowsWhatFitsOneOfTheRequestsWithThatId() throws Exception {
        initialized("2025-11-25");
        said("{'id':2,'method':'tools/list'}");
        said("{'id':2,'method':'prompts/list'}");

        assertThat(problems("{'id':2,'result':{'prompts':[]}}")).isEmpty();
        assertThat(problems("{'id':2,'result':{'resources':[]}}")).isNotEmpty();
    }

    @Test
    void tellsATaskFromAnAnswer() throws Exception {
        initialized("2025-11-25");
        said("{'id':2,'method':'tools/call','params':{'name':'x','task':{}}}");

        assertThat(problems("{'id':2,'result':{'task':{'taskId':'t'}}}")).isNotEmpty();
    }

    @Test
    void readsModernAnswersByTheRequest() throws Exception {
        said("{'id':2,'method':'tools/call','params':{'name':'x','_meta':"
                + "{'io.modelcontextprotocol/protocolVersion':'2026-07-28'}}}");

        assertThat(problems("{'id':2,'result':{'content':[]}}"))
                .as("no resultType")
                .isNotEmpty();
        assertThat(problems("{'id':2,'result':{'resultType':'complete','content':[]}}"))
                .isEmpty();
        assertThat(problems("{'id':2,'result':{'resultType':'input_required','inputRequests':7}}"))
                .isNotEmpty();
        assertThat(problems("{'id':2,'error':{'code':-32022,'message':'m'}}"))
                .as("no data")
                .isNotEmpty();
        assertThat(problems("{'id':3,'method':'ping'}")).as("a request").isNotEmpty();
    }

    @Test
    void wantsIdsInErrorsButWhereNoneCouldBeRead() throws Exception {
        initialized("2025-06-18");

        assertThat(problems("{'error':{'code':-32700,'message':'m'}}")).isEmpty();
        assertThat(problems("{'id':null,'error':{'code':-32700,'message':'m'}}"))
                .isNotEmpty();
        assertThat(problems("{'id':1,'error':{'code':'-32700','message':'m'}}")).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'method':'notifications/no-such'}", "{'id':7}", "{'result':{}}", "{}", "7"})
    void findsFaultWithWhatIsNoMessage(String message) throws Exception {
        assertThat(problems(message)).isNotEmpty();
    }

    @Test
    void holdsEachMemberOfABatchAgainstItsOwnRequest() throws Exception {
        initialized("2025-03-26");
        said("{'id':2,'method':'tools/list'}");

        assertThat(conversation.problems(json("[{'jsonrpc':'2.0','id':2,'result':{'tools':[]}}]")))
                .isEmpty();
        assertThat(conversation.problems(json("[{'jsonrpc':'2.0','id':2,'result':{}}]")))
                .isNotEmpty();
    }

    private void initialized(String revision) throws Exception {
        said("{'id':'i','method':'initialize','params':{}}");
        assertThat(problems("{'id':'i','result':{'protocolVersion':'" + revision
                        + "','capabilities':{},'serverInfo':{'name':'n','version':'1'}}}"))
                .isEmpty();
    }

    private void said(String request) throws Exception {
        conversation.said(rpc(request));
    }

    private List<String> problems(String message) throws Exception {
        return conversation.problems(message.startsWith("{'") ? rpc(message) : json(message));
    }

    private static JsonNode rpc(String message) throws Exception {
        return json(message.replaceFirst("\\{", "{'jsonrpc':'2.0',"));
    }

    private static JsonNode json(String text) throws Exception {
        return WireJson.parse(text.replace('\'', '"'));
    }
}
