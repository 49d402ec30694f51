package io.exai.server.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.exai.server.session.SessionCommand;
import io.exai.server.session.ToClient;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a conversation begins, resumes and ends. */
class OpDialogueTest {
    private static final String OTHER = SessionIds.next();

    @Test
    void greetsWithANewSession() {
        OpClient client = OpClient.open("");
        client.says("{'op':'hello'}");
        assertThat(client.toldWhom())
                .containsExactly(new FakeGate.Told(
                        client.freshId(),
                        new SessionCommand.Attach(
                                OpClient.CONNECTION, "local", "op", "op", null, true, client.self())));
        assertThat(client.dialogue().isReady()).isFalse();
        client.hears(new ToClient.Attached(false, null, List.of()));
        assertThat(client.dialogue().isReady()).isTrue();
        assertThat(client.text())
                .isEqualTo("{'op':'hello_ack','ok':true,'session_id':'" + client.freshId() + "','resumed':false}");
        assertThat(client.told()).isEmpty();
    }

    @Test
    void resumesASessionAndAsksWhatStillRunsInIt() {
        OpClient client = OpClient.alice();
        client.says("{'op':'hello','session_id':'" + OTHER + "'}");
        assertThat(client.toldWhom())
                .containsExactly(new FakeGate.Told(
                        OTHER,
                        new SessionCommand.Attach(
                                OpClient.CONNECTION, "alice", "op", "op", null, false, client.self())));
        client.hears(new ToClient.Attached(true, "op", List.of()));
        assertThat(client.text()).isEqualTo("{'op':'hello_ack','ok':true,'session_id':'" + OTHER + "','resumed':true}");
        assertThat(client.toldWhom())
                .containsExactly(
                        new FakeGate.Told(OTHER, new SessionCommand.Recall(OpClient.CONNECTION, client.self())));
        client.hears(new ToClient.Underway("\"old\"", "chat"));
        assertThat(client.text())
                .isEqualTo("{'op':'progress','request_id':'old','name':'chat','t':1.5,"
                        + "'note':'session resumed; still processing'}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"short", "", "0123456789012345678901234567890123456789012", "../../etc"})
    void h22_aSessionIdOfTheClientIsNeverAdopted(String id) {
        OpClient client = OpClient.open("");
        client.says("{'op':'hello','session_id':'" + id + "'}");
        if (SessionIds.isWellFormed(id)) {
            assertThat(((SessionCommand.Attach) client.told().get(0)).create()).isFalse();
            client.hears(new ToClient.AttachRefused(ToClient.Refusal.NOT_FOUND));
        }
        assertThat(client.toldWhom()).singleElement().satisfies(told -> {
            assertThat(told.sessionId()).isEqualTo(client.freshId());
            assertThat(((SessionCommand.Attach) told.command()).create()).isTrue();
        });
        client.hears(new ToClient.Attached(false, null, List.of()));
        JsonNode greeting = client.answer();
        assertThat(greeting.path("session_id").asText()).isEqualTo(client.freshId());
        assertThat(greeting.path("resumed").asBoolean()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '|',
            value = {
                "{'op':'ping'};                       missing_hello; 4001 missing hello",
                "{'op':'call_tool','name':7};         missing_hello; 4001 missing hello",
                "{'op':'nonsense'};                   missing_hello; 4001 missing hello",
                "{'op':'hello','token':7};            invalid_hello; 4000 invalid hello",
                "{'op':'hello','session_id':{}};      invalid_hello; 4000 invalid hello",
                "{'op':'hello',;                      invalid_hello; 4000 invalid hello",
            })
    void closesAfterAFirstMessageThatIsNoHello(String message, String error, String closing) {
        OpClient client = OpClient.open("");
        client.says(message);
        assertThat(client.text()).isEqualTo("{'op':'hello_ack','ok':false,'error':'" + error + "'}");
        assertThat(client.wire().closings()).containsExactly(closing);
        client.says("{'op':'hello'}");
        assertThat(client.told()).isEmpty();
    }

    @Test
    void closesAfterAFirstMessageThatIsTooLarge() {
        OpClient client = OpClient.open("");
        client.says("{'op':'hello','x':'" + "x".repeat(OpClient.CALL_LIMIT) + "'}");
        assertThat(client.wire().closings()).containsExactly("4000 invalid hello");
    }

    @ParameterizedTest
    @CsvSource({"the-shared-token-0, default", "the-token-of-alice, alice"})
    void knowsAStrangerByTheTokenInItsHello(String token, String principal) {
        OpClient client = OpClient.stranger();
        assertThat(client.dialogue().principal()).isEmpty();
        client.says("{'op':'hello','token':'" + token + "'}");
        assertThat(client.told())
                .singleElement()
                .isInstanceOfSatisfying(
                        SessionCommand.Attach.class,
                        attach -> assertThat(attach.principal()).isEqualTo(principal));
        assertThat(client.dialogue().principal()).isEqualTo(principal);
        assertThat(client.wire().isAdmitted()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'op':'hello'}", "{'op':'hello','token':''}", "{'op':'hello','token':'the-shared-token'}"})
    void refusesAStrangerWithoutTheRightToken(String hello) {
        OpClient client = OpClient.stranger();
        client.says(hello);
        assertThat(client.text()).isEqualTo("{'op':'hello_ack','ok':false,'error':'unauthorized'}");
        assertThat(client.wire().closings()).containsExactly("4003 unauthorized");
        assertThat(client.wire().isAdmitted()).isFalse();
        assertThat(client.told()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'jsonrpc':'2.0','id':1,'method':'ping'}", "nonsense", "{}"})
    void servesAStrangerNoOtherProtocol(String message) {
        OpClient client = OpClient.stranger();
        client.says(message);
        assertThat(client.wire().sent()).isEmpty();
        assertThat(client.wire().closings()).singleElement().asString().startsWith("1008 no token");
        client.says("{'op':'hello','token':'the-shared-token-0'}");
        assertThat(client.told()).isEmpty();
    }

    @Test
    void holdsATokenInTheHelloAgainstTheOneOfTheUpgrade() {
        OpClient same = OpClient.alice();
        same.says("{'op':'hello','token':'the-token-of-alice'}");
        assertThat(same.told()).hasSize(1);
        OpClient other = OpClient.alice();
        other.says("{'op':'hello','token':'the-shared-token-0'}");
        assertThat(other.wire().closings()).containsExactly("4003 unauthorized");
    }

    @Test
    void waitsForAHelloNoLongerThanItIsTold() {
        OpClient client = OpClient.stranger();
        assertThat(client.wire().alarms()).containsExactly(Duration.ofSeconds(15));
        client.dialogue().alarm();
        assertThat(client.wire().closings()).containsExactly("4002 hello timeout or disconnect");
        OpClient early = OpClient.greeted();
        early.dialogue().alarm();
        assertThat(early.wire().closings()).isEmpty();
    }

    @Test
    void asksAClientToComeBackWhenItsSessionDoesNotAnswer() {
        OpClient client = OpClient.open("");
        client.says("{'op':'hello'}");
        assertThat(client.wire().alarms()).containsExactly(Duration.ofSeconds(15), Duration.ofSeconds(30));
        client.dialogue().alarm();
        assertThat(client.wire().closings()).singleElement().asString().startsWith("1013 ");
    }

    @Test
    void h14_tooManySessionsAreRefusedInWords() {
        OpClient client = OpClient.open("");
        client.says("{'op':'hello'}");
        client.hears(new ToClient.AttachRefused(ToClient.Refusal.TOO_MANY_SESSIONS));
        assertThat(client.text()).isEqualTo("{'op':'hello_ack','ok':false,'error':'too_many_sessions'}");
        assertThat(client.wire().closings()).singleElement().asString().startsWith("1008 ");
    }

    @Test
    void h18_everyConnectionIsOfItsPrincipalAndNotOfAnIdOfItsOwn() {
        for (int connect = 0; connect < 3; connect++) {
            OpClient client = OpClient.alice();
            client.says("{'op':'hello'}");
            assertThat(((SessionCommand.Attach) client.told().get(0)).principal())
                    .isEqualTo("alice");
        }
    }

    @Test
    void h13_aConnectionEndsWithItsSession() {
        OpClient client = OpClient.greeted();
        client.runs("a");
        client.hears(new ToClient.Rejected("\"a\"", "session not found", true));
        assertThat(client.text())
                .isEqualTo("{'op':'call_tool_res','request_id':'a',"
                        + "'error':{'code':'NOT_FOUND','message':'session not found'}}");
        assertThat(client.wire().closings()).containsExactly("1008 the session has ended; say hello again");
        OpClient quiet = OpClient.greeted();
        quiet.hears(new ToClient.AttachRefused(ToClient.Refusal.NOT_FOUND));
        assertThat(quiet.wire().closings()).containsExactly("1008 the session has ended; say hello again");
    }

    @Test
    void closesWhenAnotherConnectionTakesTheSessionOver() {
        OpClient client = OpClient.greeted();
        client.hears(new ToClient.Superseded());
        assertThat(client.wire().closings()).containsExactly("1000 session resumed on another connection");
        client.dialogue().closed();
        client.dialogue().touch();
        assertThat(client.told()).isEmpty();
    }

    @Test
    void cancelsNothingWhenTheConnectionGoes() {
        OpClient client = OpClient.greeted();
        client.runs("a");
        client.dialogue().touch();
        client.dialogue().closed();
        assertThat(client.told())
                .containsExactly(
                        new SessionCommand.Touch(OpClient.CONNECTION, client.self()),
                        new SessionCommand.Detach(OpClient.CONNECTION));
    }

    @Test
    void h27_aReplacedTokenIsToldToBeInMemoryOnly() {
        OpClient client = OpClient.alice();
        client.says("{'op':'hello'}");
        client.hears(new ToClient.Attached(false, null, List.of()));
        client.answer();
        client.says("{'op':'rotate_token','request_id':'r','old':'the-shared-token-0','new':'the-new-token-of-alice'}");
        assertThat(client.text())
                .isEqualTo("{'op':'rotate_token_res','request_id':'r','ok':false,'error':'unauthorized'}");
        client.says("{'op':'rotate_token','old':'the-token-of-alice','new':'the-new-token-of-alice'}");
        assertThat(client.text()).isEqualTo("{'op':'rotate_token_res','ok':true,'persisted':false}");
    }
}
