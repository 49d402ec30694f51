package io.exai.protocol.frame;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Events byte for byte: every one ends with an empty line. */
class ServerSentEventTest {
    @Test
    void writesAMessageWithItsIdBeforeItsData() {
        assertThat(text(ServerSentEvent.message("a.1.x", "{\"é\":1}".getBytes(UTF_8))))
                .isEqualTo("event: message\nid: a.1.x\ndata: {\"é\":1}\n\n");
    }

    @Test
    void writesNoIdForAMessageThatNobodyComesBackTo() {
        assertThat(text(ServerSentEvent.message(null, "{}".getBytes(UTF_8)))).isEqualTo("event: message\ndata: {}\n\n");
    }

    @Test
    void primesWithAnIdAndEmptyData() {
        assertThat(text(ServerSentEvent.priming("a.0.x", 500))).isEqualTo("id: a.0.x\nretry: 500\ndata: \n\n");
    }

    @Test
    void writesWhatIsNoMessage() {
        assertThat(text(ServerSentEvent.retry(500))).isEqualTo("retry: 500\n\n");
        assertThat(text(ServerSentEvent.comment())).startsWith(":").endsWith("\n\n");
        assertThat(text(ServerSentEvent.endpoint("/messages?session=x")))
                .isEqualTo("event: endpoint\ndata: /messages?session=x\n\n");
    }

    private static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }
}
