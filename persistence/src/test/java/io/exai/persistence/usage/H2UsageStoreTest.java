package io.exai.persistence.usage;

import io.exai.persistence.database.JdbcAddress;
import io.exai.persistence.schema.Dialect;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.io.TempDir;

/** The contract on an H2 file, whose sessions are not in UTC. */
final class H2UsageStoreTest extends UsageStoreContract {
    H2UsageStoreTest(@TempDir Path folder) throws SQLException {
        super(
                Dialect.H2,
                new JdbcAddress(
                        "jdbc:h2:file:" + folder.resolve("exai") + ";DB_CLOSE_DELAY=3;TIME ZONE=GMT+11", "sa", ""));
    }
}
