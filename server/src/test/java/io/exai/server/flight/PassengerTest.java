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
import org.apache.pekko.Done;
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
        board(passenger, 1);
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
        board(passenger, 1);
        fixture.time.timePasses(Duration.ofSeconds(8));
        fixture.session.expectMessage(new RunReport.Progressed("1", 1, null, null));
    }

    @Test
    void tellsNothingButThatItJoinsWhenItIsAnsweredSoon() {
        ActorRef<PassengerCommand> passenger = fixture.passenger(false);
        fixture.flights.expectMessage(join(passenger, 1, false));
        passenger.tell(new Landed("{}", null, UNTIL));
        fixture.session.expectMessage(new RunReport.Started("1"));
        fixture.session.expectMessage(new RunReport.Succeeded("1", "{}"));
        fixture.session.expectTerminated(passenger);
        fixture.flights.expectNoMessage(FlightFixture.QUIET);
    }

    @Test
    void joinsAgainUntilItIsAboard() {
        ActorRef<PassengerCommand> passenger = fixture.passenger(false);
        fixture.flights.expectMessage(join(passenger, 1, false));
        fixture.time.timePasses(Duration.ofMillis(500));
        for (int time = 0; time < 3; time++) {
            fixture.flights.expectMessage(join(passenger, 1, true));
            fixture.time.timePasses(Duration.ofMillis(999));
            fixture.flights.expectNoMessage(FlightFixture.QUIET);
            fixture.time.timePasses(Duration.ofMillis(1));
        }
    }

    @Test
    void joinsTheNextFlightUnderTheSameCallKeyWhenItsOwnIsLost() {
        ActorRef<PassengerCommand> passenger = fixture.passenger(false);
        ActorRef<TowerCommand> tower = board(passenger, 1);
        settle(passenger);
        fixture.nodes.lose(tower);
        expectRepeated();
        Ticket ticket = fixture.ticket(false).under("first");
        fixture.flights.expectMessage(new TowerCommand.Join(fixture.key, ticket, passenger, 2, false));
        fixture.time.timePasses(Duration.ofMillis(500));
        fixture.flights.expectMessage(new TowerCommand.Join(fixture.key, ticket, passenger, 2, true));
    }

    @Test
    void saysSoBeforeItJoinsAnewWhenNoTowerKnowsIt() {
        ActorRef<PassengerCommand> passenger = fixture.passenger(false);
        fixture.flights.expectMessage(join(passenger, 1, false));
        fixture.time.timePasses(Duration.ofMillis(500));
        fixture.flights.expectMessage(join(passenger, 1, true));
        fixture.session.expectNoMessage(FlightFixture.QUIET);
        passenger.tell(new Lost(1));
        expectRepeated();
        fixture.flights.expectMessage(join(passenger, 2, false));
    }

    @Test
    void saysNothingOfALossWhenATowerKnowsIt() {
        ActorRef<PassengerCommand> passenger = fixture.passenger(false);
        fixture.flights.expectMessage(join(passenger, 1, false));
        fixture.time.timePasses(Duration.ofMillis(500));
        board(passenger, 1);
        passenger.tell(new Landed("{}", null, UNTIL));
        fixture.session.expectMessage(new RunReport.Started("1"));
        fixture.session.expectMessage(new RunReport.Succeeded("1", "{}"));
    }

    /** Its node, the tower, and each join that crossed these words tell of one loss. */
    @Test
    void countsEachLossOnce() {
        ActorRef<PassengerCommand> passenger = fixture.passenger(false);
        ActorRef<TowerCommand> tower = board(passenger, 1);
        settle(passenger);
        passenger.tell(new Lost(1));
        fixture.nodes.lose(tower);
        passenger.tell(new Lost(1));
        passenger.tell(new Boarded("late", tower, 1));
        expectRepeated();
        fixture.session.expectNoMessage(FlightFixture.QUIET);
        fixture.flights.expectMessageClass(TowerCommand.Join.class);
        fixture.flights.expectNoMessage(FlightFixture.QUIET);
    }

    @Test
    void asksAgainLessAndLessOftenBecauseAnAnswerMayBeLost() {
        ActorRef<PassengerCommand> passenger = fixture.passenger(false);
        ActorRef<TowerCommand> tower = board(passenger, 1);
        settle(passenger);
        for (int wait : List.of(4, 8, 16, 20, 20)) {
            fixture.time.timePasses(Duration.ofSeconds(wait).minusMillis(1));
            fixture.flights.expectNoMessage(FlightFixture.QUIET);
            fixture.time.timePasses(Duration.ofMillis(1));
            assertThat(fixture.flights
                            .expectMessageClass(TowerCommand.Join.class)
                            .again())
                    .isTrue();
            passenger.tell(new Boarded("first", tower, 1));
        }
    }

    @Test
    void saysFarewellWhenItIsStopped() {
        ActorRef<PassengerCommand> passenger = fixture.passenger(false);
        board(passenger, 1);
        fixture.kit.stop(passenger);
        fixture.flights.expectMessage(new TowerCommand.PassengerGone(fixture.key, passenger));
        ActorRef<PassengerCommand> unheard = fixture.passenger(false);
        fixture.flights.expectMessageClass(TowerCommand.Join.class);
        fixture.kit.stop(unheard);
        fixture.flights.expectMessage(new TowerCommand.PassengerGone(fixture.key, unheard));
    }

    @Test
    void doesNotSayFarewellToAFlightThatIsOver() {
        ActorRef<PassengerCommand> passenger = fixture.passenger(false);
        board(passenger, 1);
        passenger.tell(new Landed("{}", null, UNTIL));
        fixture.session.expectTerminated(passenger);
        fixture.flights.expectNoMessage(FlightFixture.QUIET);
    }

    /** The answer may be that of the flight that was thought lost, and the next one wait for nobody. */
    @Test
    void saysFarewellWhenItIsAnsweredAfterALoss() {
        ActorRef<PassengerCommand> passenger = fixture.passenger(false);
        board(passenger, 1);
        passenger.tell(new Lost(1));
        expectRepeated();
        fixture.flights.expectMessageClass(TowerCommand.Join.class);
        passenger.tell(new Landed("{}", null, UNTIL));
        fixture.flights.expectMessage(new TowerCommand.PassengerGone(fixture.key, passenger));
    }

    @Test
    void joinsAnewOnlyWhenTheJournalKnowsOfTheLoss() {
        ActorRef<PassengerCommand> passenger = fixture.passenger(false);
        fixture.flights.expectMessage(join(passenger, 1, false));
        passenger.tell(new Lost(1));
        RunReport.Repeated repeated = fixture.session.expectMessageClass(RunReport.Repeated.class);
        fixture.time.timePasses(Duration.ofSeconds(2));
        fixture.flights.expectNoMessage(FlightFixture.QUIET);

        repeated.written().tell(Done.getInstance());

        fixture.flights.expectMessage(join(passenger, 2, false));
    }

    /** As the session does when it has written it down. */
    private void expectRepeated() {
        RunReport.Repeated repeated = fixture.session.expectMessageClass(RunReport.Repeated.class);
        assertThat(repeated.requestId()).isEqualTo("1");
        repeated.written().tell(Done.getInstance());
    }

    @Test
    void givesUpACallThatLosesOneNodeAfterAnother() {
        ActorRef<PassengerCommand> passenger = fixture.passenger(false);
        for (int lost = 1; lost < 5; lost++) {
            board(passenger, lost);
            passenger.tell(new Lost(lost));
            expectRepeated();
        }
        board(passenger, 5);
        passenger.tell(new Lost(5));
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
        fixture.flights.expectMessageClass(TowerCommand.Join.class);
        fixture.time.timePasses(Duration.ofMillis(500));
        for (int second = 0; second < 15; second++) {
            fixture.flights.expectMessageClass(TowerCommand.Join.class);
            fixture.time.timePasses(Duration.ofSeconds(1));
        }
        fixture.flights.expectMessage(new TowerCommand.PassengerGone(fixture.key, passenger));
        expectRepeated();
        FlightFixture.answer(fixture.provider.expectMessageClass(Provider.Ask.class), "hi");
        fixture.session.expectMessage(new RunReport.Started("1"));
        fixture.session.expectMessageClass(RunReport.Succeeded.class);
        fixture.session.expectTerminated(passenger);
    }

    @Test
    void travelsBetweenNodesWithAllThatFlightsSay() {
        ActorRef<PassengerCommand> passenger = fixture.passenger(false);
        ActorRef<TowerCommand> tower =
                fixture.kit.createTestProbe(TowerCommand.class).ref();
        var wire = fixture.kit.serializationTestKit();
        wire.verifySerialization(new TowerCommand.Join(fixture.key, fixture.ticket(true), passenger, 2, true), true);
        wire.verifySerialization(new Boarded("key", tower, 1), true);
        wire.verifySerialization(new TowerCommand.PassengerGone(fixture.key, passenger), true);
        wire.verifySerialization(new Lost(1), true);
        wire.verifySerialization(new Began(), true);
        wire.verifySerialization(new Said("text"), true);
        wire.verifySerialization(new Landed("{}", Shared.STORE, UNTIL), true);
        wire.verifySerialization(new Landed("{}", null, UNTIL), true);
        wire.verifySerialization(new Crashed(true, ErrorCode.TIMEOUT, "late", true, 1), true);
        wire.verifySerialization(new Unable(), true);
    }

    private TowerCommand.Join join(ActorRef<PassengerCommand> passenger, int attempt, boolean again) {
        return new TowerCommand.Join(fixture.key, fixture.ticket(false), passenger, attempt, again);
    }

    private ActorRef<TowerCommand> board(ActorRef<PassengerCommand> passenger, int attempt) {
        fixture.flights.expectMessageClass(TowerCommand.Join.class);
        ActorRef<TowerCommand> tower =
                fixture.kit.createTestProbe(TowerCommand.class).ref();
        passenger.tell(new Boarded("first", tower, attempt));
        return tower;
    }

    /** Has done all that it was told so far. */
    private void settle(ActorRef<PassengerCommand> passenger) {
        passenger.tell(new Said(""));
        fixture.session.expectMessageClass(RunReport.Progressed.class);
    }
}
