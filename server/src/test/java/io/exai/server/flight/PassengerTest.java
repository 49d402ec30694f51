package io.exai.server.flight;

import static org.assertj.core.api.Assertions.assertThat;

import io.exai.protocol.error.ErrorCode;
import io.exai.provider.actor.Provider;
import io.exai.server.flight.FlightReply.Began;
import io.exai.server.flight.FlightReply.Boarded;
import io.exai.server.flight.FlightReply.Crashed;
import io.exai.server.flight.FlightReply.Landed;
import io.exai.server.flight.FlightReply.Lost;
import io.exai.server.flight.FlightReply.Said;
import io.exai.server.flight.FlightReply.Unable;
import io.exai.server.tool.RunReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A passenger whose flights, session and time are in the hands of the test. */
class PassengerTest {
    private static final Instant UNTIL = FlightFixture.NOW.plusSeconds(600);

    private final FlightFixture fixture = new FlightFixture();

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void answersFromTheMemoryOfItsNodeWithoutAFlight() {
        fixture.memory.keep(fixture.key, new Kept("{\"content\":[]}", UNTIL));
        fixture.passenger(false);
        fixture.session.expectMessage(new RunReport.Started("1"));
        fixture.session.expectMessage(
                new RunReport.Succeeded("1", "{\"content\":[],\"_meta\":{\"io.exai/shared\":\"memory\"}}"));
        fixture.flights.expectNoMessage(FlightFixture.QUIET);
    }

    @Test
    void reportsWhatItsFlightSaysAndRemembersTheAnswer() {
        ActorRef<PassengerCommand> passenger = fixture.passenger(true);
        board(passenger);
        passenger.tell(new Began());
        passenger.tell(new Said("one"));
        passenger.tell(new Said("two"));
        passenger.tell(new Landed("{}", null, UNTIL));
        fixture.session.expectMessage(new RunReport.Started("1"));
        fixture.session.expectMessage(new RunReport.Progressed("1", 3, null, "one"));
        fixture.session.expectMessage(new RunReport.Progressed("1", 6, null, "two"));
        fixture.session.expectMessage(new RunReport.Succeeded("1", "{}"));
        fixture.session.expectTerminated(passenger);
        assertThat(fixture.memory.find(fixture.key)).isEqualTo(new Kept("{}", UNTIL));
    }

    @Test
    void showsAClientThatWantsProgressThatItIsAlive() {
        ActorRef<PassengerCommand> passenger = fixture.passenger(true);
        board(passenger);
        fixture.time.timePasses(Duration.ofSeconds(8));
        fixture.session.expectMessage(new RunReport.Progressed("1", 1, null, null));
    }

    @Test
    void joinsAgainUntilItIsAboard() {
        ActorRef<PassengerCommand> passenger = fixture.passenger(false);
        FlightCommand.Join join = new FlightCommand.Join(fixture.ticket(false), passenger);
        fixture.flights.expectMessage(join);
        fixture.time.timePasses(Duration.ofMillis(500));
        fixture.flights.expectMessage(join);
        fixture.time.timePasses(Duration.ofMillis(500));
        fixture.flights.expectNoMessage(FlightFixture.QUIET);
        fixture.time.timePasses(Duration.ofMillis(500));
        fixture.flights.expectMessage(join);
    }

    @Test
    void joinsTheNextFlightUnderTheSameCallKeyWhenItsOwnIsLost() {
        ActorRef<PassengerCommand> passenger = fixture.passenger(false);
        TestProbe<FlightCommand> flight = board(passenger);
        fixture.nodes.lose(flight.ref());
        fixture.session.expectMessage(new RunReport.Repeated("1"));
        FlightCommand.Join again = fixture.flights.expectMessageClass(FlightCommand.Join.class);
        assertThat(again.ticket()).isEqualTo(fixture.ticket(false).under("first"));
        fixture.time.timePasses(Duration.ofMillis(500));
        fixture.flights.expectMessage(again);
    }

    @Test
    void asksAgainNowAndThenBecauseAnAnswerMayBeLost() {
        ActorRef<PassengerCommand> passenger = fixture.passenger(false);
        board(passenger);
        fixture.kit.createTestProbe(Object.class).awaitAssert(() -> {
            fixture.time.timePasses(Duration.ofSeconds(4));
            return fixture.flights.expectMessageClass(FlightCommand.Join.class, FlightFixture.QUIET);
        });
    }

    /** Its flight may not have heard that it is seated, and wait for that: the first time is soon. */
    @Test
    void asksAgainLessAndLessOften() {
        ActorRef<PassengerCommand> passenger = fixture.passenger(false);
        TestProbe<FlightCommand> flight = board(passenger);
        for (int wait : List.of(4, 8, 16, 20, 20)) {
            fixture.time.timePasses(Duration.ofSeconds(wait).minusMillis(1));
            fixture.flights.expectNoMessage(FlightFixture.QUIET);
            fixture.time.timePasses(Duration.ofMillis(1));
            fixture.flights.expectMessageClass(FlightCommand.Join.class);
            passenger.tell(new Boarded("first", flight.ref()));
            flight.expectMessage(new FlightCommand.Seated(passenger));
        }
    }

    /** That its flight was lost may not have been heard. */
    @Test
    void saysSoWhenItFindsItselfOnAnotherFlight() {
        ActorRef<PassengerCommand> passenger = fixture.passenger(false);
        board(passenger);
        fixture.time.timePasses(Duration.ofSeconds(4));
        board(passenger);
        fixture.session.expectMessage(new RunReport.Repeated("1"));
    }

    @Test
    void saysFarewellToItsFlightWhenItIsStopped() {
        ActorRef<PassengerCommand> passenger = fixture.passenger(false);
        TestProbe<FlightCommand> flight = board(passenger);
        fixture.kit.stop(passenger);
        flight.expectMessage(new FlightCommand.PassengerGone(passenger));
        ActorRef<PassengerCommand> unheard = fixture.passenger(false);
        fixture.flights.expectMessageClass(FlightCommand.Join.class);
        fixture.kit.stop(unheard);
        fixture.flights.expectMessage(new FlightCommand.PassengerGone(unheard));
    }

    @Test
    void doesNotSayFarewellToAFlightThatIsOver() {
        ActorRef<PassengerCommand> passenger = fixture.passenger(false);
        TestProbe<FlightCommand> flight = board(passenger);
        passenger.tell(new Landed("{}", null, UNTIL));
        fixture.session.expectTerminated(passenger);
        flight.expectNoMessage(FlightFixture.QUIET);
        fixture.flights.expectNoMessage(FlightFixture.QUIET);
    }

    @Test
    void givesUpACallThatLosesOneNodeAfterAnother() {
        ActorRef<PassengerCommand> passenger = fixture.passenger(false);
        for (int lost = 1; lost < 5; lost++) {
            passenger.tell(new Lost(board(passenger).ref()));
            fixture.session.expectMessage(new RunReport.Repeated("1"));
        }
        passenger.tell(new Lost(board(passenger).ref()));
        RunReport.Failed failed = fixture.session.expectMessageClass(RunReport.Failed.class);
        assertThat(failed.code()).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE);
        assertThat(failed.retryable()).isTrue();
    }

    @Test
    void reportsAFailureAsItIs() {
        ActorRef<PassengerCommand> passenger = fixture.passenger(false);
        passenger.tell(new Crashed(false, ErrorCode.OVER_CAPACITY, "full", true, 1_000));
        fixture.session.expectMessage(new RunReport.Failed("1", false, ErrorCode.OVER_CAPACITY, "full", true, 1_000));
    }

    @Test
    void goesAloneWhenNoFlightCanTakeIt() {
        ActorRef<PassengerCommand> passenger = fixture.passenger(false);
        passenger.tell(new Unable());
        Provider.Ask ask = fixture.provider.expectMessageClass(Provider.Ask.class);
        FlightFixture.answer(ask, "hi");
        fixture.session.expectMessage(new RunReport.Started("1"));
        fixture.session.expectMessageClass(RunReport.Succeeded.class);
        fixture.session.expectTerminated(passenger);
    }

    @Test
    void goesAloneAndSaysSoWhenNobodyHearsIt() {
        ActorRef<PassengerCommand> passenger = fixture.passenger(false);
        for (Duration wait : List.of(
                Duration.ofMillis(500),
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                Duration.ofSeconds(4),
                Duration.ofSeconds(4))) {
            fixture.flights.expectMessageClass(FlightCommand.Join.class);
            fixture.time.timePasses(wait);
        }
        fixture.flights.expectMessageClass(FlightCommand.Join.class);
        fixture.time.timePasses(Duration.ofSeconds(4));
        FlightFixture.answer(fixture.provider.expectMessageClass(Provider.Ask.class), "hi");
        fixture.flights.expectMessage(new FlightCommand.PassengerGone(passenger));
        fixture.session.expectMessage(new RunReport.Repeated("1"));
        fixture.session.expectMessage(new RunReport.Started("1"));
        fixture.session.expectMessageClass(RunReport.Succeeded.class);
        fixture.session.expectTerminated(passenger);
    }

    @Test
    void travelsBetweenNodesWithAllThatFlightsSay() {
        ActorRef<PassengerCommand> passenger = fixture.passenger(false);
        ActorRef<FlightCommand> flight =
                fixture.kit.createTestProbe(FlightCommand.class).ref();
        var wire = fixture.kit.serializationTestKit();
        wire.verifySerialization(new FlightCommand.Join(fixture.ticket(true), passenger), true);
        wire.verifySerialization(new FlightCommand.Seated(passenger), true);
        wire.verifySerialization(new Boarded("key", flight), true);
        wire.verifySerialization(new FlightCommand.PassengerGone(passenger), true);
        wire.verifySerialization(new Lost(flight), true);
        wire.verifySerialization(new Began(), true);
        wire.verifySerialization(new Said("text"), true);
        wire.verifySerialization(new Landed("{}", Shared.STORE, UNTIL), true);
        wire.verifySerialization(new Landed("{}", null, UNTIL), true);
        wire.verifySerialization(new Crashed(true, ErrorCode.TIMEOUT, "late", true, 1), true);
        wire.verifySerialization(new Unable(), true);
    }

    private TestProbe<FlightCommand> board(ActorRef<PassengerCommand> passenger) {
        fixture.flights.expectMessageClass(FlightCommand.Join.class);
        TestProbe<FlightCommand> flight = fixture.kit.createTestProbe(FlightCommand.class);
        passenger.tell(new Boarded("first", flight.ref()));
        flight.expectMessage(new FlightCommand.Seated(passenger));
        return flight;
    }
}
