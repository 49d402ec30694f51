package io.exai.persistence.payload;

import static org.assertj.core.api.Assertions.assertThat;

import io.exai.persistence.database.Database;
import io.exai.persistence.database.JdbcAddress;
import io.exai.persistence.schema.Dialect;
import io.exai.persistence.schema.Schema;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the store promises beyond the contract: what its table looks like. */
abstract class JdbcPayloadStoreContract extends PayloadStoreContract {
    private final ExecutorService threads = Executors.newFixedThreadPool(8);
    private final Database database;
    private final JdbcPayloadStore store;

    JdbcPayloadStoreContract(Dialect dialect, JdbcAddress address) throws SQLException {
        new Schema(dialect, clock).apply(address::connect);
        database = new Database(address::connect, threads);
        store = new JdbcPayloadStore(database, clock);
    }

    @Override
    PayloadStore store() {
        return store;
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void keepsOneRowOfAContentThatManyPut() throws Exception {
        takesEqualContentsFromManyAtOnce();
        assertThat(query("select count(*) from \"payload\"", Long.class)).isEqualTo(5);
    }

    @Test
    void writesTheTimeOfAPutAtMostHourly() throws Exception {
        await(store.put(bytes("x")));
        var first = lastPut();
        clock.advance(Duration.ofMinutes(59));
        await(store.put(bytes("x")));
        assertThat(lastPut()).isEqualTo(first);
        clock.advance(Duration.ofMinutes(2));
        await(store.put(bytes("x")));
        assertThat(lastPut()).isEqualTo(first.plusMinutes(61));
    }

    private OffsetDateTime lastPut() throws Exception {
        return query("select max(\"last_put\") from \"payload\"", OffsetDateTime.class);
    }

    private <T> T query(String sql, Class<T> type) throws Exception {
        return await(database.run(connection -> {
            try (var rows = connection.createStatement().executeQuery(sql)) {
                rows.next();
                return rows.getObject(1, type);
            }
        }));
    }
}
