package io.exai.server.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.exai.protocol.jsonrpc.RequestId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is sent, what is sent again, and which answers are wanted. */
class LedgerTest {
    private final Ledger ledger = new Ledger(3, 1_000);

    /**
     * Each step is one of: {@code ?1} request 1; {@code -1} its withdrawal; {@code !x} a note; {@code >} all that is to
     * be sent is written; {@code =1} the answer to 1; {@code ~} a new connection.
     */
    @ParameterizedTest
    @CsvSource({
        "?1 ?2 !a,                ?1 ?2 !a",
        "?1 > ?2,                 ?2",
        "?1 ?2 !a > ~,            ?1 ?2",
        "?1 ?2 > =1 ~,            ?2",
        "?1 ?2 > =1 =2 ~,         ''",
        "?1 !a ~,                 ?1 !a",
        "!a > !b ~,               !b",
        "?1 -1,                   ''",
        "?1 > -1,                 -1",
        "?1 > ~ -1,               -1",
        "?1 > -1 > ~,             -1",
        "?1 > -1 > ?2 > ~,        -1 ?2",
        "?1 > -1 > ?2 > =2 ~,     ''",
        "?1 ?2 > -1 > =2 ~,       -1",
        "-1,                      -1",
        "-1 > ~,                  ''",
        "?1 > =1 -1,              -1",
        "?1 > ?1,                 ?1",
        "?1 ?1 > =1 ~,            ''",
        "?1 > ~ =1,               ''",
        "?1 ?2 > ~ =2,            ?1",
    })
    void sendsWhatTheDaemonMayNotHave(String steps, String expected) {
        playAll(steps);
        assertThat(String.join(" ", Sent.by(ledger))).isEqualTo(expected);
    }

    @Test
    void wantsEachAnswerOnce() {
        play("?1");
        play(">");
        assertThat(ledger.answered(id("2"))).isFalse();
        assertThat(ledger.answered(id("1"))).isTrue();
        assertThat(ledger.answered(id("1"))).isFalse();
    }

    @Test
    void wantsNoAnswerToWhatWasWithdrawn() {
        play("?1");
        play(">");
        play("-1");
        assertThat(ledger.answered(id("1"))).isFalse();
    }

    @Test
    void tellsNumbersFromStrings() {
        ledger.ask(id("1"), bytes("?1"));
        assertThat(ledger.answered(id("\"1\""))).isFalse();
    }

    @Test
    void sendsTheIntroductionFirstAndOnce() {
        play("?1");
        play(">");
        ledger.rewind(List.of(bytes("hello")));
        assertThat(Sent.by(ledger)).containsExactly("hello", "?1");
        play("~");
        assertThat(Sent.by(ledger)).containsExactly("?1");
    }

    @ParameterizedTest
    @CsvSource({
        "?1 ?2,             false",
        "?1 ?2 ?3,          true",
        "?1 ?2 !a,          true",
        "?1 ?2 !a >,        false",
        "?1 ?2 ?3 > =2,     false",
        "?1 ?2 ?3 > -2,     false",
    })
    void isFullWhenTooMuchIsKept(String steps, boolean full) {
        playAll(steps);
        assertThat(ledger.isFull()).isEqualTo(full);
    }

    @Test
    void isFullWhenTooManyBytesAreKept() {
        ledger.ask(id("1"), new byte[999]);
        assertThat(ledger.isFull()).isFalse();
        ledger.ask(id("2"), new byte[1]);
        assertThat(ledger.isFull()).isTrue();
        Sent.by(ledger);
        assertThat(ledger.isFull()).isTrue();
        assertThat(ledger.answered(id("2"))).isTrue();
        assertThat(ledger.isFull()).isFalse();
    }

    @Test
    void forgetsTheOldestWithdrawalsWhenThereAreTooMany() {
        for (int number = 0; number < 5; number++) {
            play("?" + number);
            play(">");
            play("-" + number);
        }
        play("~");
        assertThat(Sent.by(ledger)).containsExactly("-2", "-3", "-4");
        assertThat(ledger.isFull()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "~,             true",
        "?1,            false",
        "?1 >,          false",
        "?1 > =1,       true",
        "!a,            false",
        "!a >,          true",
        "?1 > -1,       false",
        "?1 > -1 >,     true",
        "?1 -1,         true",
    })
    void isDoneWhenNothingIsLeft(String steps, boolean done) {
        playAll(steps);
        assertThat(ledger.isDone()).isEqualTo(done);
    }

    @Test
    void givesTheLargestUp() {
        ledger.ask(id("1"), bytes("short"));
        ledger.ask(id("2"), bytes("very long"));
        ledger.tell(bytes("longest of all"));
        assertThat(ledger.giveUpLargest()).isEmpty();
        assertThat(ledger.giveUpLargest()).isEqualTo(Optional.of(id("2")));
        assertThat(Sent.by(ledger)).containsExactly("short");
        assertThat(ledger.unanswered()).isEqualTo(1);
    }

    private void playAll(String steps) {
        for (String step : steps.split(" ", -1)) {
            play(step);
        }
    }

    private void play(String step) {
        String subject = step.substring(1);
        switch (step.charAt(0)) {
            case '?' -> ledger.ask(id(subject), bytes(step));
            case '-' -> ledger.withdraw(id(subject), bytes(step));
            case '!' -> ledger.tell(bytes(step));
            case '=' -> ledger.answered(id(subject));
            case '>' -> Sent.by(ledger);
            default -> ledger.rewind(List.of());
        }
    }

    private static RequestId id(String json) {
        return new RequestId(json);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
