package io.exai.server.edge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConfirmationsTest {
    private final Confirmations confirmations = new Confirmations();

    @Test
    void asksForTheGreatestSequenceOnce() {
        confirmations.want(3);
        confirmations.want(2);

        byte[] payload = confirmations.ask().orElseThrow();

        assertThat(confirmations.answered(payload)).hasValue(3);
        assertThat(confirmations.ask()).isEmpty();
    }

    @Test
    void takesNoPongThatItDidNotAskFor() {
        assertThat(confirmations.answered(new byte[Long.BYTES])).isEmpty();
        confirmations.want(1);
        byte[] payload = confirmations.ask().orElseThrow();

        assertThat(confirmations.answered(new byte[0]))
                .as("of a ping to keep the connection")
                .isEmpty();
        assertThat(confirmations.answered(payload)).hasValue(1);
        assertThat(confirmations.answered(payload)).as("a second time").isEmpty();
    }
}
