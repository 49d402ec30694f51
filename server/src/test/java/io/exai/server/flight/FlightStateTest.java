package io.exai.server.flight;

import static org.assertj.core.api.Assertions.assertThat;

import io.exai.protocol.error.ErrorCode;
import io.exai.provider.actor.Priority;
import io.exai.server.flight.FlightReply.Began;
import io.exai.server.flight.FlightReply.Crashed;
import io.exai.server.flight.FlightReply.Landed;
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
    private static final FlightReply WELCOME = new Unable(); // stands for Boarded, which needs an actor

    private final FlightState<String> flight = new FlightState<>(key -> WELCOME);

    @Test
    void searchesForTheFirstPassengerAndTakesOthersAboard() {
        assertThat(flight.join("a", QUIET)).containsExactly(tell("a", WELCOME), new Order.Search<>(1));
        assertThat(flight.join("b", STREAMED)).containsExactly(tell("b", WELCOME));
        assertThat(flight.join("a", QUIET)).containsExactly(tell("a", WELCOME));
    }

    @Test
    void answersAllWithWhatWasKept() {
        flight.join("a", QUIET);
        flight.join("b", QUIET);
        Landed kept = new Landed("{}", Shared.STORE, UNTIL);
        assertThat(flight.found(1, "{}", Shared.STORE, UNTIL))
                .containsExactly(tell("a", kept), tell("b", kept), new Order.Close<>());
    }

    @Test
    void runsOnceForAllAndMarksTheAnswerOfThoseWhoJoined() {
        board("a");
        assertThat(flight.missed(1)).containsExactly(new Order.Depart<>(2, QUIET));
        flight.join("b", STREAMED);
        assertThat(flight.answered(2, "{}", UNTIL))
                .containsExactly(
                        new Order.Keep<>("{}", UNTIL),
                        tell("a", new Landed("{}", null, UNTIL)),
                        tell("b", new Landed("{}", Shared.JOINED, UNTIL)),
                        new Order.Close<>());
    }

    @Test
    void runsNothingBeforeSomebodyKnowsOfIt() {
        flight.join("a", QUIET);
        flight.join("b", QUIET);
        assertThat(flight.missed(1)).isEmpty();
        assertThat(flight.seated("stranger")).isEmpty();
        assertThat(flight.seated("b")).containsExactly(new Order.Depart<>(2, QUIET));
        assertThat(flight.seated("a")).isEmpty();
        assertThat(flight.missed(1)).isEmpty();
    }

    @Test
    void doesNotWaitForEverForSomebodyWhoKnowsOfIt() {
        flight.join("a", QUIET);
        flight.missed(1);
        assertThat(flight.unseated(0)).isEmpty();
        assertThat(flight.unseated(1)).containsExactly(tell("a", new Unable()), new Order.Close<>());
        board("b");
        flight.missed(2);
        assertThat(flight.unseated(2)).isEmpty();
        assertThat(flight.unseated(3)).isEmpty();
    }

    @Test
    void closesWhenTheOnlyOneWhoComesHasGone() {
        assertThat(flight.leave("a")).containsExactly(new Order.Close<>());
    }

    @Test
    void tellsTextOnlyToThoseWhoWantItAndAllOfItToThoseWhoComeLater() {
        board("a");
        flight.missed(1);
        flight.join("b", STREAMED);
        flight.join("d", ANNOUNCED);
        assertThat(flight.began(2)).containsExactly(tell("d", new Began()));
        assertThat(flight.began(2)).isEmpty();
        assertThat(flight.join("e", ANNOUNCED)).containsExactly(tell("e", WELCOME), tell("e", new Began()));
        assertThat(flight.said(2, "one ")).containsExactly(tell("b", new Said("one ")));
        assertThat(flight.said(2, "two")).containsExactly(tell("b", new Said("two")));
        assertThat(flight.join("c", STREAMED)).containsExactly(tell("c", WELCOME), tell("c", new Said("one two")));
        assertThat(flight.join("c", STREAMED)).containsExactly(tell("c", WELCOME));
    }

    @Test
    void stopsTheRunWhenTheLastLeaves() {
        board("a");
        board("b");
        flight.missed(1);
        assertThat(flight.leave("a")).isEmpty();
        assertThat(flight.leave("b")).containsExactly(new Order.Abort<>(), new Order.Close<>());
        assertThat(flight.answered(2, "{}", UNTIL)).isEmpty();
        assertThat(flight.aboard()).isEmpty();
    }

    @Test
    void runsOnForThoseWhoJoinedWhenTheFirstLeaves() {
        board("a");
        flight.missed(1);
        flight.join("b", QUIET);
        flight.leave("a");
        assertThat(flight.answered(2, "{}", UNTIL)).contains(tell("b", new Landed("{}", Shared.JOINED, UNTIL)));
    }

    @Test
    void answersAllWithAFailureAndKeepsNothing() {
        board("a");
        board("b");
        flight.missed(1);
        Crashed failure = new Crashed(true, ErrorCode.PROVIDER_ERROR, "down", true, 0);
        assertThat(flight.failed(2, failure))
                .containsExactly(tell("a", failure), tell("b", failure), new Order.Close<>());
        assertThat(flight.join("c", QUIET)).contains(new Order.Search<>(3));
    }

    @Test
    void ignoresWhatAnEarlierRunSays() {
        board("a");
        flight.missed(1);
        flight.leave("a");
        board("b");
        flight.missed(3);
        assertThat(flight.answered(2, "old", UNTIL)).isEmpty();
        assertThat(flight.failed(2, new Unable())).isEmpty();
        assertThat(flight.found(1, "old", Shared.STORE, UNTIL)).isEmpty();
        assertThat(flight.missed(1)).isEmpty();
        assertThat(flight.answered(4, "new", UNTIL)).contains(tell("b", new Landed("new", null, UNTIL)));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void answersEveryPassengerOnceAndRunsOneAtATimeWhateverHappens(long seed) {
        FlightHistory history = new FlightHistory(seed);
        for (int step = 0; step < 20_000; step++) {
            history.step();
        }
        history.end();
        assertThat(history.violations()).isEmpty();
        assertThat(history.landed()).isGreaterThan(100);
        assertThat(history.aborted()).isGreaterThan(100);
    }

    private void board(String passenger) {
        flight.join(passenger, QUIET);
        flight.seated(passenger);
    }

    private static Order<String> tell(String passenger, FlightReply reply) {
        return new Order.Tell<>(passenger, reply);
    }

    static Ticket ticket(String callKey, boolean streamed) {
        return new Ticket("session", "alice", callKey, "chat", "{}", streamed, false, Priority.NORMAL);
    }

    static List<FlightReply> failures() {
        return List.of(new Unable(), new Crashed(false, ErrorCode.OVER_CAPACITY, "full", true, 1_000));
    }
}
