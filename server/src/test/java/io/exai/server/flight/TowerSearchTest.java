package io.exai.server.flight;

import static org.assertj.core.api.Assertions.assertThat;

import io.exai.persistence.result.StoredResult;
import io.exai.provider.actor.Provider;
import io.exai.server.flight.FlightReply.Landed;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When a tower asks the database for an answer. */
class TowerSearchTest {
    private static final Instant UNTIL = FlightFixture.NOW.plusSeconds(9);

    private final FlightFixture fixture = new FlightFixture();
    private final TestProbe<ResultDesk.Command> desk = fixture.kit.createTestProbe(ResultDesk.Command.class);
    private final TestProbe<PassengerCommand> traveller = fixture.traveller();

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void looksForEveryKeyUntilItKnowsWhatIsKept() {
        ActorRef<TowerCommand> tower = fixture.tower(desk.ref(), fixture.memory);
        assertThat(desk.expectMessageClass(ResultDesk.Load.class).prefix()).isEqualTo(fixture.key.substring(0, 2));
        join(tower);
        ResultDesk.Find find = desk.expectMessageClass(ResultDesk.Find.class);
        assertThat(find.key()).isEqualTo(fixture.key);
        fixture.provider.expectNoMessage(FlightFixture.QUIET);
        find.replyTo().tell(new ResultDesk.Found(find.turn(), null));
        fixture.provider.expectMessageClass(Provider.Ask.class);
    }

    @Test
    void looksForNoKeyThatIsNotKept() {
        ActorRef<TowerCommand> tower = loaded(Set.of("f".repeat(64)), fixture.memory);
        join(tower);
        fixture.provider.expectMessageClass(Provider.Ask.class);
        desk.expectNoMessage(FlightFixture.QUIET);
    }

    @Test
    void looksForAKeyThatIsKept() {
        ActorRef<TowerCommand> tower = loaded(Set.of(fixture.key), fixture.memory);
        join(tower);
        ResultDesk.Find find = desk.expectMessageClass(ResultDesk.Find.class);
        find.replyTo().tell(new ResultDesk.Found(find.turn(), new Kept("{}", UNTIL)));
        traveller.expectMessage(new Landed("{}", Shared.STORE, UNTIL));
        assertThat(fixture.memory.find(fixture.key)).isEqualTo(new Kept("{}", UNTIL));
    }

    @Test
    void looksForEveryKeyWhenNobodyCanSayWhatIsKept() {
        join(loaded(null, fixture.memory));
        desk.expectMessageClass(ResultDesk.Find.class);
    }

    @Test
    void looksForWhatItLetKeepItself() {
        ActorRef<TowerCommand> tower = loaded(Set.of(), new ResultMemory(0, fixture.clock));
        join(tower);
        FlightFixture.answer(fixture.provider.expectMessageClass(Provider.Ask.class), "hi");
        traveller.expectMessageClass(Landed.class);
        desk.expectMessageClass(ResultDesk.Keep.class);
        join(tower);
        desk.expectMessageClass(ResultDesk.Find.class);
    }

    @Test
    void findsWhatWasKeptBeforeItStarted() {
        fixture.store.results.put(fixture.key, new StoredResult(fixture.key, "{}", UNTIL));
        join(fixture.tower());
        traveller.expectMessage(new Landed("{}", Shared.STORE, UNTIL));
        fixture.provider.expectNoMessage(FlightFixture.QUIET);
    }

    @Test
    void doesNotWaitForADatabaseThatDoesNotAnswer() {
        fixture.store.silent = true;
        join(fixture.tower());
        fixture.provider.expectNoMessage(FlightFixture.QUIET);
        fixture.time.timePasses(Duration.ofSeconds(1));
        fixture.provider.expectMessageClass(Provider.Ask.class);
    }

    /** A tower that has been told what is kept. */
    private ActorRef<TowerCommand> loaded(@Nullable Set<String> keys, ResultMemory memory) {
        ActorRef<TowerCommand> tower = fixture.tower(desk.ref(), memory);
        desk.expectMessageClass(ResultDesk.Load.class).replyTo().tell(new ResultDesk.Loaded(keys));
        return tower;
    }

    private void join(ActorRef<TowerCommand> tower) {
        tower.tell(new TowerCommand.Join(
                fixture.key, fixture.plainTicket(FlightFixture.ARGUMENTS), traveller.ref(), 1, false));
    }
}
