package io.exai.persistence.usage;

import io.exai.persistence.database.JdbcAddress;
import io.exai.persistence.postgres.PostgresServer;
import io.exai.persistence.schema.Dialect;
import java.sql.SQLException;
import org.junit.jupiter.api.extension.ExtendWith;

/** The contract on PostgreSQL, with statements of a batch put together as the daemon has it, and not in UTC. */
@ExtendWith(PostgresServer.class)
final class PostgresUsageStoreTest extends UsageStoreContract {
    PostgresUsageStoreTest(JdbcAddress address) throws SQLException {
        super(
                Dialect.POSTGRES,
                new JdbcAddress(
                        address.url() + "?reWriteBatchedInserts=true&options=-c%20TimeZone=Asia/Tokyo",
                        address.user(),
                        address.password()));
    }
}
