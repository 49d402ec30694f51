package io.exai.persistence.payload;

import io.exai.persistence.database.JdbcAddress;
import io.exai.persistence.postgres.PostgresServer;
import io.exai.persistence.schema.Dialect;
import java.sql.SQLException;
import org.junit.jupiter.api.extension.ExtendWith;

/** The contract, held by {@link JdbcPayloadStore} on PostgreSQL. */
@ExtendWith(PostgresServer.class)
final class PostgresPayloadStoreTest extends JdbcPayloadStoreContract {
    PostgresPayloadStoreTest(JdbcAddress address) throws SQLException {
        super(Dialect.POSTGRES, address);
    }
}
