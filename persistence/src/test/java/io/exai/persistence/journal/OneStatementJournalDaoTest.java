package io.exai.persistence.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.exai.persistence.database.JdbcAddress;
import io.exai.persistence.postgres.PostgresServer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.persistence.AtomicWrite;
import org.apache.pekko.persistence.PersistentRepr$;
import org.apache.pekko.persistence.jdbc.config.JournalConfig;
import org.apache.pekko.persistence.jdbc.db.SlickExtension;
import org.apache.pekko.persistence.jdbc.db.SlickExtensionImpl;
import org.apache.pekko.persistence.jdbc.journal.dao.DefaultJournalDao;
import org.apache.pekko.persistence.jdbc.journal.dao.JournalTables.JournalPekkoSerializationRow;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Sink;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import scala.Option;
import scala.Some;
import scala.Tuple2;
import scala.collection.immutable.Seq;
import scala.collection.immutable.Set;
import scala.collection.immutable.Set$;
import scala.concurrent.Future;
import scala.jdk.javaapi.CollectionConverters;
import scala.jdk.javaapi.FutureConverters;

/** Tests {@link OneStatementJournalDao} beside the plugin's own, whose rows it has to write. */
@ExtendWith(PostgresServer.class)
final class OneStatementJournalDaoTest {
    private static final Set<String> NO_TAGS = Set$.MODULE$.empty();
    private static final String UNIQUE_VIOLATION = "23505";
    private static final String ROWS =
            "select (to_jsonb(event_journal) - 'ordering')::text from event_journal order by ordering";

    private final JdbcAddress address;
    private ActorSystem<?> system;
    private DefaultJournalDao dao;
    private DefaultJournalDao usual;

    OneStatementJournalDaoTest(JdbcAddress address) {
        this.address = address;
    }

    @BeforeEach
    void start() throws Exception {
        system = Journals.start(Journals.postgres(address));
        execute("truncate event_journal");
        var slick = (SlickExtensionImpl) SlickExtension.get(system);
        var config = system.settings().config().getConfig("jdbc-journal");
        var pool = slick.database(config);
        var journal = new JournalConfig(config);
        var serialization = SerializationExtension.get(Adapter.toClassic(system));
        var materializer = Materializer.createMaterializer(system);
        var executor = system.executionContext();
        dao = new OneStatementJournalDao(
                pool.database(), pool.profile(), journal, serialization, executor, materializer);
        usual = new DefaultJournalDao(pool.database(), pool.profile(), journal, serialization, executor, materializer);
    }

    @AfterEach
    void stop() throws Exception {
        Journals.stop(system);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 400})
    void writesTheRowsThatTheUsualOneWrites(int size) throws Exception {
        var batch = batch(IntStream.range(0, size).mapToObj(OneStatementJournalDaoTest::row));
        await(usual.writeJournalRows(batch));
        var expected = query(ROWS);
        execute("truncate event_journal");
        await(dao.writeJournalRows(batch));
        assertThat(query(ROWS)).hasSize(size).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void writesPayloadsOfAMegabyte(int size) throws Exception {
        var payload = new byte[1 << 20];
        for (int i = 0; i < payload.length; i++) {
            payload[i] = (byte) (i * 31);
        }
        await(dao.writeJournalRows(batch(IntStream.range(0, size).mapToObj(i -> row("large", i, payload)))));
        var lengths = query("select length(event_payload) || ' ' || md5(event_payload) from event_journal");
        assertThat(lengths).hasSize(size).containsOnly(payload.length + " " + md5(payload));
    }

    @Test
    void writesNothingForAnEmptyBatch() throws Exception {
        await(dao.writeJournalRows(batch(Stream.of())));
        assertThat(query(ROWS)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void leavesNothingOfABatchWithANumberThatIsTaken(boolean ours) throws Exception {
        var tested = ours ? dao : usual;
        await(tested.writeJournalRows(batch(Stream.of(row("a", 2, bytes("first"))))));
        var before = query(ROWS);
        var late = Stream.of(row("b", 1, bytes("b")), row("a", 2, bytes("second")), row("c", 3, bytes("c")));
        assertTaken(tested.writeJournalRows(batch(late)));
        assertTaken(tested.writeJournalRows(batch(Stream.of(row("a", 2, bytes("third"))))));
        assertThat(query(ROWS)).isEqualTo(before);
    }

    @Test
    void leavesNothingOfAnAtomicWriteThatFails() throws Exception {
        await(dao.asyncWriteMessages(seq(List.of(write("a", 2, "taken")))));
        assertTaken(dao.asyncWriteMessages(seq(List.of(write("a", 1, "one", "two", "three")))));
        assertThat(read("a")).containsExactly("2 taken");
    }

    @Test
    void readsBackInOrderWhatSeveralEntitiesWroteAtOnce() throws Exception {
        var writes = List.of(write("a", 1, "a1", "a2"), write("b", 1, "b1"), write("c", 5, "c5", "c6", "c7"));
        await(dao.asyncWriteMessages(seq(writes)));
        assertThat(read("a")).containsExactly("1 a1", "2 a2");
        assertThat(read("b")).containsExactly("1 b1");
        assertThat(read("c")).containsExactly("5 c5", "6 c6", "7 c7");
    }

    @Test
    void leavesTagsToTheUsualOne() throws Exception {
        execute("create table event_tag (event_id bigint not null, tag varchar(255) not null)");
        var tagged = List.of(
                Tuple2.apply(row("a", 1, bytes("plain")), NO_TAGS),
                Tuple2.apply(row("b", 2, bytes("tagged")), NO_TAGS.incl("red")));
        await(dao.writeJournalRows(seq(tagged)));
        assertThat(query("select persistence_id || ' ' || coalesce(tag, '') from event_journal"
                        + " left join event_tag on event_id = ordering order by ordering"))
                .containsExactly("a ", "b red");
    }

    /** Rows that differ in all columns, those that may be null included. */
    private static JournalPekkoSerializationRow row(int i) {
        var meta = i % 3 == 1;
        return new JournalPekkoSerializationRow(
                Long.MIN_VALUE,
                i % 5 == 4,
                "entity|\"{\\é,'" + i % 4,
                1000 - i,
                "writer " + i,
                1_700_000_000_000L + i,
                i % 2 == 0 ? "" : "adapter",
                new byte[] {0, (byte) i, '\\', -1},
                7301 + i,
                i % 2 == 0 ? "called" : "",
                meta ? new Some<>(new byte[] {(byte) i}) : Option.empty(),
                meta ? new Some<>(i) : Option.empty(),
                meta ? new Some<>("meta") : Option.empty());
    }

    private static JournalPekkoSerializationRow row(String id, long number, byte[] payload) {
        return new JournalPekkoSerializationRow(
                0, false, id, number, "writer", 0, "", payload, 1, "", Option.empty(), Option.empty(), Option.empty());
    }

    private static Seq<Tuple2<JournalPekkoSerializationRow, Set<String>>> batch(
            Stream<JournalPekkoSerializationRow> rows) {
        return seq(rows.map(row -> Tuple2.apply(row, NO_TAGS)).toList());
    }

    /** Numbered from {@code first}, to be written together or not at all. */
    private static AtomicWrite write(String id, long first, String... events) {
        var all = IntStream.range(0, events.length)
                .mapToObj(i -> PersistentRepr$.MODULE$.apply(
                        events[i], first + i, id, "", false, ActorRef.noSender(), "writer"))
                .toList();
        return new AtomicWrite(seq(all));
    }

    private List<String> read(String id) throws Exception {
        return dao.messages(id, 0, Long.MAX_VALUE, Long.MAX_VALUE)
                .asJava()
                .map(read ->
                        read.get()._1().sequenceNr() + " " + read.get()._1().payload())
                .runWith(Sink.seq(), system)
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
    }

    private static void await(Future<?> future) throws Exception {
        FutureConverters.asJava(future).toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private static void assertTaken(Future<?> written) {
        assertThat(FutureConverters.asJava(written))
                .failsWithin(Duration.ofSeconds(30))
                .withThrowableThat()
                .havingCause()
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(UNIQUE_VIOLATION));
    }

    private void execute(String sql) throws SQLException {
        try (var connection = address.connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private List<String> query(String sql) throws SQLException {
        try (var connection = address.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var values = new ArrayList<String>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }

    private static <T> Seq<T> seq(List<T> list) {
        return CollectionConverters.asScala(list).toSeq();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private static String md5(byte[] bytes) throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
    }
}
