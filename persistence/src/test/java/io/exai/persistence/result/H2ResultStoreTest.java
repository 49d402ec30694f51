package io.exai.persistence.result;

import io.exai.persistence.database.JdbcAddress;
import io.exai.persistence.schema.Dialect;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.io.TempDir;

/** The contract on an H2 file. */
final class H2ResultStoreTest extends ResultStoreContract {
    H2ResultStoreTest(@TempDir Path folder) throws SQLException {
        super(Dialect.H2, new JdbcAddress("jdbc:h2:file:" + folder.resolve("exai") + ";DB_CLOSE_DELAY=3", "sa", ""));
    }
}
