package io.exai.server.flight;

import static org.assertj.core.api.Assertions.assertThat;

import io.exai.persistence.result.StoredResult;
import io.exai.protocol.error.ErrorCode;
import io.exai.provider.actor.Provider;
import io.exai.provider.chat.ProviderFailure;
import io.exai.server.flight.FlightReply.Began;
import io.exai.server.flight.FlightReply.Boarded;
import io.exai.server.flight.FlightReply.Crashed;
import io.exai.server.flight.FlightReply.Landed;
import io.exai.server.flight.FlightReply.Lost;
import io.exai.server.flight.FlightReply.Said;
import io.exai.server.flight.FlightReply.Unable;
import io.exai.server.tool.RunReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A flight with real runs, and a provider in the hands of the test. */
class FlightTest {
    private final FlightFixture fixture = new FlightFixture();
    private final ActorRef<FlightCommand> flight = fixture.flight(fixture.key);

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void asksTheProviderOnceAndAnswersAllWhoTravel() {
        List<TestProbe<PassengerCommand>> travellers = new ArrayList<>();
        for (int number = 0; number < 30; number++) {
            travellers.add(board(false));
        }
        FlightFixture.answer(expectAsk(), "hi");
        fixture.provider.expectNoMessage(FlightFixture.QUIET);
        Landed own = landed(travellers.get(0));
        assertThat(own.shared()).isNull();
        assertThat(own.until()).isEqualTo(FlightFixture.NOW.plus(FlightFixture.TTL));
        for (TestProbe<PassengerCommand> other : travellers.subList(1, 30)) {
            assertThat(landed(other)).isEqualTo(new Landed(own.answer(), Shared.JOINED, own.until()));
        }
        fixture.shard.expectMessageClass(ClusterSharding.Passivate.class);
        fixture.kit.createTestProbe(Object.class).awaitAssert(() -> {
            fixture.time.timePasses(ResultDesk.WRITE_DELAY);
            assertThat(fixture.store.results).hasSize(1);
            return true;
        });
        assertThat(fixture.store.results)
                .containsEntry(fixture.key, new StoredResult(fixture.key, own.answer(), own.until()));
        assertThat(fixture.memory.find(fixture.key)).isEqualTo(new Kept(own.answer(), own.until()));
    }

    @Test
    void showsProgressToThoseWhoWantIt() {
        TestProbe<PassengerCommand> streamed = board(true);
        TestProbe<PassengerCommand> quiet = board(false);
        Provider.Ask ask = expectAsk();
        assertThat(ask.request().stream()).isTrue();
        ask.replyTo().tell(new Provider.Delta(ask.request().callKey(), "once"));
        streamed.expectMessage(new Began());
        streamed.expectMessage(new Said("once"));
        FlightFixture.answer(ask, "once");
        quiet.expectMessage(new Began());
        quiet.expectMessageClass(Landed.class);
    }

    @Test
    void answersFromTheDatabaseWithoutARun() {
        var until = FlightFixture.NOW.plusSeconds(9);
        fixture.store.results.put(fixture.key, new StoredResult(fixture.key, "{}", until));
        TestProbe<PassengerCommand> traveller = board(false);
        traveller.expectMessage(new Landed("{}", Shared.STORE, until));
        fixture.provider.expectNoMessage(FlightFixture.QUIET);
    }

    @Test
    void answersFromTheMemoryOfItsNode() {
        var until = FlightFixture.NOW.plusSeconds(9);
        fixture.memory.keep(fixture.key, new Kept("{}", until));
        board(false).expectMessage(new Landed("{}", Shared.FLIGHT, until));
    }

    @Test
    void doesNotWaitForADatabaseThatDoesNotAnswer() {
        fixture.store.silent = true;
        board(false);
        fixture.provider.expectNoMessage(FlightFixture.QUIET);
        fixture.time.timePasses(Duration.ofSeconds(1));
        expectAsk();
    }

    @Test
    void tellsAllOfAFailureAndKeepsNothing() {
        TestProbe<PassengerCommand> first = board(false);
        TestProbe<PassengerCommand> second = board(false);
        Provider.Ask ask = expectAsk();
        ask.replyTo()
                .tell(new Provider.Failed(
                        ask.request().callKey(),
                        new ProviderFailure(ProviderFailure.Kind.INTERNAL, "down", null, "sandbox", "sandbox-echo")));
        Crashed failure = new Crashed(true, ErrorCode.INTERNAL_ERROR, "down", false, 0);
        first.expectMessage(new Began());
        assertThat(first.expectMessageClass(Crashed.class).code()).isEqualTo(failure.code());
        second.expectMessage(new Began());
        assertThat(second.expectMessageClass(Crashed.class).message()).isEqualTo("down");
        assertThat(fixture.store.results).isEmpty();
    }

    @Test
    void stopsTheRunWhenTheLastTravellerIsGone() {
        TestProbe<PassengerCommand> first = board(false);
        TestProbe<PassengerCommand> second = board(false);
        Provider.Ask ask = expectAsk();
        flight.tell(new FlightCommand.PassengerGone(first.ref()));
        second.expectMessage(new Began());
        fixture.shard.expectNoMessage(FlightFixture.QUIET);
        fixture.nodes.lose(second.ref());
        fixture.shard.expectMessageClass(ClusterSharding.Passivate.class);
        fixture.kit.createTestProbe(Object.class).expectTerminated(ask.replyTo());
    }

    @Test
    void endsItsRunBeforeItMoves() {
        TestProbe<PassengerCommand> traveller = board(false);
        Provider.Ask ask = expectAsk();
        flight.tell(new FlightCommand.Stop());
        FlightFixture.answer(ask, "hi");
        landed(traveller);
        traveller.expectTerminated(flight);
    }

    @Test
    void movesWithoutItsRunWhenThatTakesTooLong() {
        TestProbe<PassengerCommand> traveller = board(false);
        expectAsk();
        flight.tell(new FlightCommand.Stop());
        traveller.expectMessage(new Began());
        traveller.expectNoMessage(FlightFixture.QUIET);
        fixture.time.timePasses(Duration.ofSeconds(4));
        traveller.expectMessage(new Lost(flight));
        traveller.expectTerminated(flight);
    }

    @Test
    void saysFarewellWhenItBreaksDown() {
        TestProbe<PassengerCommand> traveller = board(false);
        traveller.expectMessage(new Began());
        flight.tell(new FlightCommand.Reported(new RunReport.Started("not a turn")));
        traveller.expectMessage(new Lost(flight));
    }

    @Test
    void runsNothingForWhoDoesNotSit() {
        TestProbe<PassengerCommand> traveller = fixture.traveller();
        flight.tell(new FlightCommand.Join(fixture.ticket(false), traveller.ref()));
        traveller.expectMessageClass(Boarded.class);
        fixture.time.timePasses(Duration.ofSeconds(15));
        traveller.expectMessage(new Unable());
        fixture.provider.expectNoMessage(FlightFixture.QUIET);
        fixture.shard.expectMessageClass(ClusterSharding.Passivate.class);
    }

    @Test
    void sendsWhoComesTooLateToTheNextFlight() {
        fixture.memory.keep(fixture.key, new Kept("{}", FlightFixture.NOW.plusSeconds(9)));
        board(false).expectMessageClass(Landed.class);
        FlightCommand.Join late = new FlightCommand.Join(
                fixture.ticket(false), fixture.traveller().ref());
        flight.tell(late);
        fixture.flights.expectMessage(late);
        flight.tell(new FlightCommand.Stop());
        fixture.traveller().expectTerminated(flight);
    }

    @Test
    void runsNothingThatItUnderstandsOtherwise() {
        ActorRef<FlightCommand> other = fixture.flight("0".repeat(64));
        board(other, false).expectMessage(new Unable());
        fixture.provider.expectNoMessage(FlightFixture.QUIET);
    }

    private TestProbe<PassengerCommand> board(boolean streamed) {
        return board(flight, streamed);
    }

    private TestProbe<PassengerCommand> board(ActorRef<FlightCommand> to, boolean streamed) {
        TestProbe<PassengerCommand> traveller = fixture.traveller();
        to.tell(new FlightCommand.Join(fixture.ticket(streamed), traveller.ref()));
        Boarded boarded = traveller.expectMessageClass(Boarded.class);
        assertThat(boarded.callKey()).isEqualTo("call-key");
        boarded.flight().tell(new FlightCommand.Seated(traveller.ref()));
        return traveller;
    }

    private Provider.Ask expectAsk() {
        return fixture.provider.expectMessageClass(Provider.Ask.class);
    }

    private static Landed landed(TestProbe<PassengerCommand> traveller) {
        traveller.expectMessage(new Began());
        return traveller.expectMessageClass(Landed.class);
    }
}
