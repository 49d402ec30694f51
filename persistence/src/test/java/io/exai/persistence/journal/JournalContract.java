package io.exai.persistence.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.exai.persistence.PersistenceSettings;
import io.exai.persistence.database.Database;
import io.exai.persistence.database.JdbcJournalProbe;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.persistence.query.PersistenceQuery;
import org.apache.pekko.persistence.query.javadsl.CurrentEventsByPersistenceIdQuery;
import org.apache.pekko.persistence.query.javadsl.CurrentPersistenceIdsQuery;
import org.apache.pekko.persistence.query.javadsl.ReadJournal;
import org.apache.pekko.stream.javadsl.Sink;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the journal promises on every back end. */
abstract class JournalContract {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private ActorSystem<?> system;

    abstract PersistenceSettings settings();

    @BeforeEach
    void start() throws Exception {
        system = Journals.start(settings());
    }

    @AfterEach
    void stop() throws Exception {
        Journals.stop(system);
    }

    @Test
    void recoversWhatWasPersistedAfterARestart() throws Exception {
        addAll(tally("survivor", 0), 7);
        restart();
        assertThat(count(tally("survivor", 0))).isEqualTo(new Tally.Count(7, "event 7"));
    }

    @Test
    void recoversFromTheSnapshotAndDeletesTheEventsBeforeIt() throws Exception {
        addAll(tally("compacted", 10), 25);
        TestProbe.create(system).awaitAssert(PATIENCE, () -> {
            assertThat(events("compacted")).isLessThanOrEqualTo(15).isPositive();
            return true;
        });
        restart();
        assertThat(count(tally("compacted", 10))).isEqualTo(new Tally.Count(25, "event 25"));
    }

    @Test
    void listsPersistenceIdsThroughTheStandardQuery() throws Exception {
        addAll(tally("a", 0), 1);
        addAll(tally("b", 0), 2);
        var ids = readJournal(CurrentPersistenceIdsQuery.class).currentPersistenceIds();
        assertThat(await(ids.runWith(Sink.seq(), system))).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void answersTheProbe() throws Exception {
        var probe = new JdbcJournalProbe(Database.of(system), Duration.ofSeconds(10));
        await(probe.check().thenApplyAsync(nothing -> true));
        var url = await(
                Database.of(system).run(connection -> connection.getMetaData().getURL()));
        assertThat(url).startsWith("jdbc:" + settings().journal().replace("postgres", "postgresql") + ":");
    }

    private void restart() throws Exception {
        stop();
        start();
    }

    private ActorRef<Tally.Command> tally(String id, int snapshotEvery) {
        return system.systemActorOf(Tally.create(id, snapshotEvery), id, Props.empty());
    }

    private void addAll(ActorRef<Tally.Command> tally, int events) throws Exception {
        for (int i = 1; i <= events; i++) {
            var text = "event " + i;
            ask(tally, replyTo -> new Tally.Add(text, replyTo));
        }
    }

    private Tally.Count count(ActorRef<Tally.Command> tally) throws Exception {
        return ask(tally, Tally.Read::new);
    }

    private Tally.Count ask(ActorRef<Tally.Command> tally, Function<ActorRef<Tally.Count>, Tally.Command> command)
            throws Exception {
        return await(AskPattern.ask(tally, command::apply, PATIENCE, system.scheduler()));
    }

    private long events(String id) {
        try {
            var events = readJournal(CurrentEventsByPersistenceIdQuery.class)
                    .currentEventsByPersistenceId(id, 0, Long.MAX_VALUE)
                    .runWith(Sink.seq(), system);
            return List.copyOf(await(events)).size();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private <T> T readJournal(Class<T> query) {
        var id = new JournalProfile(settings()).readJournalId();
        return query.cast(PersistenceQuery.get(system).getReadJournalFor(ReadJournal.class, id));
    }

    private static <T> T await(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
}
