package io.exai.server.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ReplyTest {
    @Test
    void tellsAnAnswerFromATextThatQuotesAnError() throws IOException {
        assertThat(
                        read(
                                "{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{\"content\":[{\"text\":\"{\\\"isError\\\":true}\"}]}}"))
                .isEqualTo(new Reply(7, false, false, false));
    }

    @Test
    void seesThatAToolFailed() throws IOException {
        assertThat(read("{\"result\":{\"content\":[],\"isError\":true},\"id\":8}"))
                .isEqualTo(new Reply(8, false, false, true));
    }

    @Test
    void seesAJsonRpcError() throws IOException {
        assertThat(read("{\"id\":9,\"error\":{\"code\":-32603,\"message\":\"m\"}}"))
                .isEqualTo(new Reply(9, false, true, false));
    }

    @Test
    void tellsANotificationFromAnAnswer() throws IOException {
        assertThat(read("{\"method\":\"notifications/progress\",\"params\":{\"id\":3}}"))
                .isEqualTo(new Reply(-1, true, false, false));
    }

    @Test
    void refusesWhatIsNotAnObject() {
        assertThatThrownBy(() -> read("[]")).isInstanceOf(IOException.class).hasMessage("not an object");
    }

    private static Reply read(String json) throws IOException {
        var bytes = json.getBytes(StandardCharsets.UTF_8);
        return Reply.read(bytes, 0, bytes.length);
    }
}
