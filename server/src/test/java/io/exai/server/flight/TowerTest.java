package io.exai.server.flight;

import static org.assertj.core.api.Assertions.assertThat;

import io.exai.persistence.result.StoredResult;
import io.exai.protocol.error.ErrorCode;
import io.exai.provider.actor.Provider;
import io.exai.provider.chat.Piece;
import io.exai.provider.chat.ProviderFailure;
import io.exai.server.flight.FlightReply.Began;
import io.exai.server.flight.FlightReply.Boarded;
import io.exai.server.flight.FlightReply.Crashed;
import io.exai.server.flight.FlightReply.Landed;
import io.exai.server.flight.FlightReply.Lost;
import io.exai.server.flight.FlightReply.Said;
import io.exai.server.flight.FlightReply.Unable;
import io.exai.server.flight.TowerCommand.Join;
import io.exai.server.tool.RunReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A tower with real runs, and a provider in the hands of the test. */
class TowerTest {
    private final FlightFixture fixture = new FlightFixture();
    private final ActorRef<TowerCommand> tower = fixture.tower();

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void answersACallWithOneMessage() {
        TestProbe<PassengerCommand> traveller = fixture.traveller();
        join(traveller, FlightFixture.ARGUMENTS, 1, false);
        FlightFixture.answer(expectAsk(), "hi");
        assertThat(traveller.expectMessageClass(Landed.class).shared()).isNull();
        traveller.expectNoMessage(FlightFixture.QUIET);
    }

    @Test
    void asksTheProviderOnceAndAnswersAllWhoTravel() {
        List<TestProbe<PassengerCommand>> travellers = new ArrayList<>();
        travellers.add(board(false));
        for (int number = 1; number < 30; number++) {
            travellers.add(boardAfterOthers(false));
        }
        FlightFixture.answer(expectAsk(), "hi");
        fixture.provider.expectNoMessage(FlightFixture.QUIET);
        Landed own = landed(travellers.get(0));
        assertThat(own.shared()).isNull();
        assertThat(own.until()).isEqualTo(FlightFixture.NOW.plus(FlightFixture.TTL));
        for (TestProbe<PassengerCommand> other : travellers.subList(1, 30)) {
            assertThat(landed(other)).isEqualTo(new Landed(own.answer(), Shared.JOINED, own.until()));
        }
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
    void servesManyKeysAtOnce() {
        Map<String, TestProbe<PassengerCommand>> travellers = new HashMap<>();
        for (int number = 0; number < 20; number++) {
            TestProbe<PassengerCommand> traveller = fixture.traveller();
            travellers.put("prompt " + number, traveller);
            join(traveller, arguments("prompt " + number), 1, false);
        }
        for (int number = 0; number < 20; number++) {
            Provider.Ask ask = expectAsk();
            var messages = ask.request().messages();
            FlightFixture.answer(ask, "to " + messages.get(messages.size() - 1).text());
        }
        travellers.forEach((prompt, traveller) ->
                assertThat(traveller.expectMessageClass(Landed.class).answer()).contains("\"to " + prompt + "\""));
    }

    @Test
    void showsProgressToThoseWhoWantIt() {
        TestProbe<PassengerCommand> streamed = board(true);
        TestProbe<PassengerCommand> quiet = boardAfterOthers(false);
        Provider.Ask ask = expectAsk();
        assertThat(ask.request().stream()).isTrue();
        ask.replyTo().tell(new Provider.Delta(ask.request().callKey(), Piece.said("once")));
        streamed.expectMessage(new Began());
        streamed.expectMessage(new Said("once"));
        FlightFixture.answer(ask, "once");
        quiet.expectMessage(new Began());
        quiet.expectMessageClass(Landed.class);
    }

    @Test
    void answersFromTheMemoryOfItsNode() {
        var until = FlightFixture.NOW.plusSeconds(9);
        fixture.memory.keep(fixture.key, new Kept("{}", until));
        board(false).expectMessage(new Landed("{}", Shared.FLIGHT, until));
    }

    @Test
    void tellsAllOfAFailureAndKeepsNothing() {
        TestProbe<PassengerCommand> first = board(false);
        TestProbe<PassengerCommand> second = boardAfterOthers(false);
        fail(expectAsk());
        first.expectMessage(new Began());
        assertThat(first.expectMessageClass(Crashed.class).code()).isEqualTo(ErrorCode.INTERNAL_ERROR);
        second.expectMessage(new Began());
        assertThat(second.expectMessageClass(Crashed.class).message()).isEqualTo("down");
        assertThat(fixture.store.results).isEmpty();
    }

    @Test
    void stopsTheRunWhenTheLastTravellerIsGone() {
        TestProbe<PassengerCommand> first = board(false);
        TestProbe<PassengerCommand> second = boardAfterOthers(false);
        Provider.Ask ask = expectAsk();
        tower.tell(new TowerCommand.PassengerGone(fixture.key, first.ref()));
        second.expectMessage(new Began());
        fixture.provider.expectNoMessage(FlightFixture.QUIET);
        tower.tell(new TowerCommand.PassengerGone(fixture.key, second.ref()));
        second.expectTerminated(ask.replyTo());
    }

    @Test
    void stopsTheRunsOfThoseWhoseNodeIsGone() {
        ActorTestKit elsewhere = ActorTestKit.create("elsewhere");
        try {
            TestProbe<PassengerCommand> far = elsewhere.createTestProbe(PassengerCommand.class);
            join(far, FlightFixture.ARGUMENTS, 1, false);
            Provider.Ask lost = expectAsk();
            TestProbe<PassengerCommand> near = fixture.traveller();
            join(near, arguments("near"), 1, false);
            Provider.Ask kept = expectAsk();
            fixture.nodes.lose(far.ref());
            near.expectTerminated(lost.replyTo());
            FlightFixture.answer(kept, "hi");
            near.expectMessageClass(Landed.class);
            join(far, FlightFixture.ARGUMENTS, 1, false);
            lost = expectAsk();
            fixture.nodes.lose(far.ref());
            near.expectTerminated(lost.replyTo());
        } finally {
            elsewhere.shutdownTestKit();
        }
    }

    @Test
    void startsNothingForOneThatJoinsAgainAndIsNotAboard() {
        TestProbe<PassengerCommand> traveller = fixture.traveller();
        join(traveller, FlightFixture.ARGUMENTS, 3, true);
        traveller.expectMessage(new Lost(3));
        fixture.provider.expectNoMessage(FlightFixture.QUIET);
        join(traveller, FlightFixture.ARGUMENTS, 4, false);
        expectAsk();
    }

    @Test
    void tellsOneThatJoinsAgainOnAFlightOfOthersThatItsOwnIsLost() {
        board(false);
        TestProbe<PassengerCommand> traveller = fixture.traveller();
        join(traveller, FlightFixture.ARGUMENTS, 1, true);
        traveller.expectMessage(new Lost(1));
        join(traveller, FlightFixture.ARGUMENTS, 2, false);
        traveller.expectMessage(new Boarded("call-key", tower, 2));
    }

    @Test
    void tellsOneThatIsAboardOnlySo() {
        TestProbe<PassengerCommand> traveller = fixture.traveller();
        join(traveller, FlightFixture.ARGUMENTS, 1, false);
        Provider.Ask ask = expectAsk();
        join(traveller, FlightFixture.ARGUMENTS, 1, true);
        traveller.expectMessage(new Boarded("call-key", tower, 1));
        FlightFixture.answer(ask, "hi");
        traveller.expectMessageClass(Landed.class);
        fixture.provider.expectNoMessage(FlightFixture.QUIET);
    }

    /** The join may have crossed the failure: then there is nobody any more who could say that the call ran twice. */
    @Test
    void repeatsNoFailedRunForOneThatMayKnowOfTheFailure() {
        TestProbe<PassengerCommand> traveller = fixture.traveller();
        join(traveller, FlightFixture.ARGUMENTS, 1, false);
        fail(expectAsk());
        traveller.expectMessageClass(Crashed.class);
        join(traveller, FlightFixture.ARGUMENTS, 1, true);
        traveller.expectMessage(new Lost(1));
        fixture.provider.expectNoMessage(FlightFixture.QUIET);
    }

    @Test
    void ignoresWhatAnEarlierRunOfTheSameKeySays() {
        TestProbe<PassengerCommand> first = fixture.traveller();
        join(first, FlightFixture.ARGUMENTS, 1, false);
        expectAsk();
        tower.tell(new TowerCommand.PassengerGone(fixture.key, first.ref()));
        TestProbe<PassengerCommand> second = fixture.traveller();
        join(second, FlightFixture.ARGUMENTS, 1, false);
        Provider.Ask ask = expectAsk();
        tower.tell(new TowerCommand.Reported(new RunReport.Succeeded("1", "{\"late\":true}")));
        tower.tell(new TowerCommand.RunStopped(1));
        FlightFixture.answer(ask, "hi");
        assertThat(second.expectMessageClass(Landed.class).answer()).contains("hi");
    }

    @Test
    void losesOnlyTheFlightWhoseRunWasInterrupted() {
        TestProbe<PassengerCommand> first = fixture.traveller();
        join(first, FlightFixture.ARGUMENTS, 2, false);
        expectAsk();
        TestProbe<PassengerCommand> second = fixture.traveller();
        join(second, arguments("other"), 1, false);
        Provider.Ask ask = expectAsk();
        tower.tell(new TowerCommand.Reported(new RunReport.Interrupted("1")));
        first.expectMessage(new Lost(2));
        FlightFixture.answer(ask, "hi");
        second.expectMessageClass(Landed.class);
    }

    @Test
    void endsItsRunsBeforeItMoves() {
        TestProbe<PassengerCommand> traveller = board(false);
        Provider.Ask ask = expectAsk();
        tower.tell(new TowerCommand.Stop());
        FlightFixture.answer(ask, "hi");
        landed(traveller);
        traveller.expectTerminated(tower);
    }

    @Test
    void movesAtOnceWhenNothingRuns() {
        tower.tell(new TowerCommand.Stop());
        fixture.traveller().expectTerminated(tower);
    }

    @Test
    void movesWithoutItsRunWhenThatTakesTooLong() {
        TestProbe<PassengerCommand> traveller = board(false);
        expectAsk();
        tower.tell(new TowerCommand.Stop());
        traveller.expectMessage(new Began());
        traveller.expectNoMessage(FlightFixture.QUIET);
        fixture.time.timePasses(Duration.ofSeconds(4));
        traveller.expectMessage(new Lost(1));
        traveller.expectTerminated(tower);
    }

    @Test
    void leavesNewCallsToTheNextTowerWhenItMoves() {
        board(false);
        expectAsk();
        tower.tell(new TowerCommand.Stop());
        boardAfterOthers(false);
        TestProbe<PassengerCommand> late = fixture.traveller();
        Join other = new Join(
                fixture.keyOf(arguments("late")), fixture.plainTicket(arguments("late")), late.ref(), 1, false);
        tower.tell(other);
        fixture.flights.expectMessage(other);
        fixture.provider.expectNoMessage(FlightFixture.QUIET);
    }

    @Test
    void saysFarewellWhenItBreaksDown() {
        TestProbe<PassengerCommand> traveller = board(false);
        traveller.expectMessage(new Began());
        tower.tell(new TowerCommand.Reported(new RunReport.Started("not a turn")));
        traveller.expectMessage(new Lost(1));
    }

    @Test
    void runsNothingThatItUnderstandsOtherwise() {
        TestProbe<PassengerCommand> traveller = fixture.traveller();
        tower.tell(new Join("0".repeat(64), fixture.ticket(false), traveller.ref(), 1, false));
        traveller.expectMessage(new Unable());
        fixture.provider.expectNoMessage(FlightFixture.QUIET);
    }

    /** The first on its flight. */
    private TestProbe<PassengerCommand> board(boolean streamed) {
        TestProbe<PassengerCommand> traveller = fixture.traveller();
        tower.tell(new Join(fixture.key, fixture.ticket(streamed), traveller.ref(), 1, false));
        return traveller;
    }

    private TestProbe<PassengerCommand> boardAfterOthers(boolean streamed) {
        TestProbe<PassengerCommand> traveller = board(streamed);
        traveller.expectMessage(new Boarded("call-key", tower, 1));
        return traveller;
    }

    private void join(TestProbe<PassengerCommand> traveller, String arguments, int attempt, boolean again) {
        tower.tell(new Join(fixture.keyOf(arguments), fixture.plainTicket(arguments), traveller.ref(), attempt, again));
    }

    private static String arguments(String prompt) {
        return "{\"prompt\":\"" + prompt + "\"}";
    }

    private Provider.Ask expectAsk() {
        return fixture.provider.expectMessageClass(Provider.Ask.class);
    }

    private static void fail(Provider.Ask ask) {
        ask.replyTo()
                .tell(new Provider.Failed(
                        ask.request().callKey(),
                        new ProviderFailure(ProviderFailure.Kind.INTERNAL, "down", null, "sandbox", "sandbox-echo")));
    }

    private static Landed landed(TestProbe<PassengerCommand> traveller) {
        traveller.expectMessage(new Began());
        return traveller.expectMessageClass(Landed.class);
    }
}
