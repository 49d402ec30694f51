package io.exai.server.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.exai.protocol.jsonrpc.Incoming;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** How a client is introduced to a daemon that has forgotten it. */
class HandshakeTest {
    private static final String INITIALIZE = "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\"}";
    private static final String INITIALIZED = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}";
    private static final String ANSWER =
            "{\"jsonrpc\":\"2.0\",\"id\":0,\"result\":{\"_meta\":{\"io.exai/sessionId\":\"abc\"}}}";

    private final Handshake handshake = new Handshake();

    @Test
    void repeatsNothingBeforeItWasAccepted() {
        assertThat(handshake.repeat()).isEmpty();
        say(INITIALIZE);
        assertThat(handshake.repeat()).isEmpty();
    }

    @Test
    void repeatsNothingThatWasRefused() {
        say(INITIALIZE);
        handshake.answered(response("{\"jsonrpc\":\"2.0\",\"id\":0,\"error\":{\"code\":-1,\"message\":\"no\"}}"));
        assertThat(handshake.repeat()).isEmpty();
    }

    @Test
    void learnsTheSessionFromTheAnswer() {
        say(INITIALIZE);
        assertThat(handshake.answered(response("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}")))
                .isEmpty();
        assertThat(handshake.answered(response(ANSWER))).contains("abc");
    }

    @Test
    void repeatsWordForWordAndSwallowsTheAnswerOnce() {
        say(INITIALIZE);
        handshake.answered(response(ANSWER));
        assertThat(handshake.repeat()).containsExactly(bytes(INITIALIZE));
        say(INITIALIZED);
        assertThat(handshake.swallows(response("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}")))
                .isFalse();
        assertThat(handshake.swallows(response(ANSWER))).isTrue();
        assertThat(handshake.swallows(response(ANSWER))).isFalse();
        assertThat(handshake.repeat()).containsExactly(bytes(INITIALIZE), bytes(INITIALIZED));
    }

    @Test
    void startsAnewWithTheClient() {
        say(INITIALIZE);
        handshake.answered(response(ANSWER));
        say(INITIALIZED);
        String again = INITIALIZE.replace("\"id\":0", "\"id\":5");
        say(again);
        assertThat(handshake.repeat()).isEmpty();
        handshake.answered(response(ANSWER.replace("\"id\":0", "\"id\":5")));
        assertThat(handshake.repeat()).containsExactly(bytes(again));
    }

    private void say(String line) {
        handshake.said(Reading.of(bytes(line)), bytes(line));
    }

    private static Incoming.Response response(String line) {
        return (Incoming.Response) Reading.of(bytes(line));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
