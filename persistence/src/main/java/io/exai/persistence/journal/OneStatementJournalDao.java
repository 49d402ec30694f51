package io.exai.persistence.journal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import org.apache.pekko.persistence.jdbc.config.JournalConfig;
import org.apache.pekko.persistence.jdbc.journal.dao.DefaultJournalDao;
import org.apache.pekko.persistence.jdbc.journal.dao.JournalTables.JournalPekkoSerializationRow;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.stream.Materializer;
import scala.Tuple2;
import scala.collection.immutable.Seq;
import scala.collection.immutable.Set;
import scala.concurrent.ExecutionContext;
import scala.concurrent.Future;
import scala.concurrent.Future$;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.BoxedUnit;
import scala.util.Failure;
import scala.util.Success;
import scala.util.Try;
import slick.dbio.DBIOAction;
import slick.jdbc.JdbcBackend;
import slick.jdbc.JdbcProfile;
import slick.jdbc.SimpleJdbcAction;

/** Writes a batch of events to PostgreSQL as one statement that commits itself, so in one round trip instead of two. */
final class OneStatementJournalDao extends DefaultJournalDao {
    /** What the plugin looks for when it makes the class that {@code jdbc-journal.dao} names. */
    OneStatementJournalDao(
            JdbcBackend.JdbcDatabaseDef database,
            JdbcProfile profile,
            JournalConfig config,
            Serialization serialization,
            ExecutionContext executionContext,
            Materializer materializer) {
        super(database, profile, config, serialization, executionContext, materializer);
    }

    /** All or nothing. Tags need the numbers that the events were given: a batch with tags is a transaction as before. */
    @Override
    public Future<BoxedUnit> writeJournalRows(Seq<Tuple2<JournalPekkoSerializationRow, Set<String>>> batch) {
        if (batch.exists(row -> row._2().nonEmpty())) {
            return super.writeJournalRows(batch);
        }
        var rows = CollectionConverters.asJava(batch).stream()
                .map(Tuple2::_1)
                .sorted(Comparator.comparingLong(JournalPekkoSerializationRow::sequenceNumber))
                .toList();
        var insert = new SimpleJdbcAction<>(context -> insert(context.connection(), rows));
        return onThePool(insert)
                .flatMap(result -> Future$.MODULE$.fromTry(result), ExecutionContext.parasitic$.MODULE$);
    }

    private static Try<BoxedUnit> insert(Connection connection, List<JournalPekkoSerializationRow> rows) {
        try {
            JournalInsert.run(connection, rows);
            return new Success<>(BoxedUnit.UNIT);
        } catch (SQLException e) {
            return new Failure<>(e);
        }
    }

    /** Raw, because Java cannot say that an action with some effect is one with any. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    private <R> Future<R> onThePool(SimpleJdbcAction<R> action) {
        return db().run((DBIOAction) action);
    }
}
