package io.exai.persistence.result;

import io.exai.persistence.database.JdbcAddress;
import io.exai.persistence.postgres.PostgresServer;
import io.exai.persistence.schema.Dialect;
import java.sql.SQLException;
import org.junit.jupiter.api.extension.ExtendWith;

/** The contract on PostgreSQL. */
@ExtendWith(PostgresServer.class)
final class PostgresResultStoreTest extends ResultStoreContract {
    PostgresResultStoreTest(JdbcAddress address) throws SQLException {
        super(Dialect.POSTGRES, address);
    }
}
