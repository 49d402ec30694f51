package io.exai.server.edge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which protocol a connection speaks. */
class UndecidedDialogueTest {
    private static final String PING = "{'jsonrpc':'2.0','id':1,'method':'ping'}";

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '|',
            value = {"nonsense; -32700", "[]; -32600", "{'op':7}; -32600", "{'jsonrpc':'2.0'}; -32600"})
    void answersAFirstMessageWithoutAnOpAsMcp(String message, int code) {
        OpClient client = OpClient.open("");
        client.says(message);
        assertThat(client.answer().path("error").path("code").asInt()).isEqualTo(code);
        assertThat(client.wire().closings()).isEmpty();
    }

    @Test
    void staysWithTheProtocolOfTheFirstMessage() {
        OpClient mcp = OpClient.open("");
        mcp.says(PING);
        mcp.answer();
        mcp.says("{'op':'hello'}");
        assertThat(mcp.answer().path("error").path("code").asInt()).isEqualTo(-32600);
        OpClient op = OpClient.greeted();
        op.says(PING);
        assertThat(op.answer().path("op").asText()).isEqualTo("error");
    }

    @Test
    void letsAQuietClientBeUnlessToldOtherwise() {
        OpClient quiet = OpClient.open("");
        assertThat(quiet.wire().alarms()).isEmpty();
        OpClient cut = OpClient.open("exai.op { close-silent = on, hello-timeout = 5s }");
        assertThat(cut.wire().alarms()).hasSize(1);
        cut.dialogue().alarm();
        assertThat(cut.wire().closings()).containsExactly("4002 hello timeout or disconnect");
    }

    @Test
    void neverCutsAClientThatHasSpokenMcp() {
        OpClient client = OpClient.open("exai.op.close-silent = on");
        client.says(PING);
        client.dialogue().alarm();
        assertThat(client.wire().closings()).isEmpty();
    }
}
