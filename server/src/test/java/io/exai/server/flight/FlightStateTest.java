package io.exai.server.flight;

import static org.assertj.core.api.Assertions.assertThat;

import io.exai.protocol.error.ErrorCode;
import io.exai.provider.actor.Priority;
import io.exai.server.flight.FlightReply.Began;
import io.exai.server.flight.FlightReply.Crashed;
import io.exai.server.flight.FlightReply.Landed;
import io.exai.server.flight.FlightReply.Lost;
import io.exai.server.flight.FlightReply.Said;
import io.exai.server.flight.FlightReply.Unable;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a flight does, step by step, and whatever the order of the steps. */
class FlightStateTest {
    private static final Instant UNTIL = Instant.parse("2026-01-01T00:10:00Z");
    private static final Ticket QUIET = ticket("quiet", false);
    private static final Ticket STREAMED = ticket("streamed", true);
    private static final Ticket ANNOUNCED =
            new Ticket("session", "alice", "announced", "chat", "{}", false, true, Priority.NORMAL);
    private static final FlightReply WELCOME = welcome("quiet", 1);

    private final FlightState<String> flight = new FlightState<>("key", 7, FlightStateTest::welcome);

    @Test
    void searchesForTheFirstPassengerAndTakesOthersAboard() {
        assertThat(flight.join("a", QUIET, 1)).containsExactly(new Order.Search<>());
        assertThat(flight.join("b", STREAMED, 3)).containsExactly(tell("b", welcome("quiet", 3)));
        assertThat(flight.join("a", QUIET, 1)).containsExactly(tell("a", WELCOME));
    }

    @Test
    void answersAllWithWhatWasKept() {
        board("a");
        board("b");
        Landed kept = new Landed("{}", Shared.STORE, UNTIL);
        assertThat(flight.found("{}", Shared.STORE, UNTIL))
                .containsExactly(tell("a", kept), tell("b", kept), new Order.Close<>());
    }

    @Test
    void runsOnceForAllAndMarksTheAnswerOfThoseWhoJoined() {
        board("a");
        assertThat(flight.missed()).containsExactly(new Order.Depart<>(QUIET));
        assertThat(flight.missed()).isEmpty();
        assertThat(flight.found("{}", Shared.STORE, UNTIL)).isEmpty();
        flight.join("b", STREAMED, 1);
        assertThat(flight.answered("{}", UNTIL))
                .containsExactly(
                        new Order.Keep<>("{}", UNTIL),
                        tell("a", new Landed("{}", null, UNTIL)),
                        tell("b", new Landed("{}", Shared.JOINED, UNTIL)),
                        new Order.Close<>());
    }

    @Test
    void tellsTextOnlyToThoseWhoWantItAndAllOfItToThoseWhoComeLater() {
        board("a");
        flight.missed();
        flight.join("b", STREAMED, 1);
        flight.join("d", ANNOUNCED, 1);
        assertThat(flight.began()).containsExactly(tell("d", new Began()));
        assertThat(flight.began()).isEmpty();
        assertThat(flight.join("e", ANNOUNCED, 1)).containsExactly(tell("e", WELCOME), tell("e", new Began()));
        assertThat(flight.said("one ")).containsExactly(tell("b", new Said("one ")));
        assertThat(flight.said("two")).containsExactly(tell("b", new Said("two")));
        assertThat(flight.join("c", STREAMED, 1)).containsExactly(tell("c", WELCOME), tell("c", new Said("one two")));
        assertThat(flight.join("c", STREAMED, 1)).containsExactly(tell("c", WELCOME));
    }

    @Test
    void stopsTheRunWhenTheLastLeaves() {
        board("a");
        board("b");
        flight.missed();
        assertThat(flight.leave("a")).isEmpty();
        assertThat(flight.leave("a")).isEmpty();
        assertThat(flight.leave("b")).containsExactly(new Order.Abort<>(), new Order.Close<>());
        assertThat(flight.answered("{}", UNTIL)).isEmpty();
        assertThat(flight.aboard()).isEmpty();
    }

    @Test
    void startsNoRunWhenTheLastLeavesBefore() {
        board("a");
        assertThat(flight.leave("a")).containsExactly(new Order.Close<>());
        assertThat(flight.missed()).isEmpty();
    }

    @Test
    void runsOnForThoseWhoJoinedWhenTheFirstLeaves() {
        board("a");
        flight.missed();
        board("b");
        flight.leave("a");
        assertThat(flight.answered("{}", UNTIL)).contains(tell("b", new Landed("{}", Shared.JOINED, UNTIL)));
    }

    @Test
    void answersAllWithAFailureAndKeepsNothing() {
        board("a");
        board("b");
        flight.missed();
        Crashed failure = new Crashed(true, ErrorCode.PROVIDER_ERROR, "down", true, 0);
        assertThat(flight.failed(failure)).containsExactly(tell("a", failure), tell("b", failure), new Order.Close<>());
        assertThat(flight.failed(failure)).isEmpty();
    }

    @Test
    void tellsEachInWhichOfItsAttemptsItWasLost() {
        board("a");
        flight.join("b", QUIET, 1);
        flight.join("b", QUIET, 2);
        flight.missed();
        assertThat(flight.lost()).containsExactly(tell("a", new Lost(1)), tell("b", new Lost(2)), new Order.Close<>());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void answersEveryPassengerOnceAndRunsNothingTwiceUnawaresWhateverHappens(long seed) {
        FlightHistory history = FlightHistory.stormy(seed);
        for (int step = 0; step < 60_000; step++) {
            history.step();
        }
        history.end();
        assertThat(history.violations()).isEmpty();
        assertThat(history.landed()).isGreaterThan(100);
        assertThat(history.aborted()).isGreaterThan(100);
        assertThat(history.repeated()).isGreaterThan(100);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void tellsNobodyOfALossWhenNothingIsLostHoweverSlowItIs(long seed) {
        FlightHistory history = FlightHistory.calm(seed);
        for (int step = 0; step < 60_000; step++) {
            history.step();
        }
        history.end();
        assertThat(history.violations()).isEmpty();
        assertThat(history.landed()).isGreaterThan(100);
        assertThat(history.repeated()).isZero();
    }

    private void board(String passenger) {
        flight.join(passenger, QUIET, 1);
    }

    private static Order<String> tell(String passenger, FlightReply reply) {
        return new Order.Tell<>(passenger, reply);
    }

    /** Stands for Boarded, which needs an actor. */
    static FlightReply welcome(String callKey, int attempt) {
        return new Said("welcome under " + callKey + " in attempt " + attempt);
    }

    static Ticket ticket(String callKey, boolean streamed) {
        return new Ticket("session", "alice", callKey, "chat", "{}", streamed, false, Priority.NORMAL);
    }

    static List<FlightReply> failures() {
        return List.of(new Unable(), new Crashed(false, ErrorCode.OVER_CAPACITY, "full", true, 1_000));
    }
}
