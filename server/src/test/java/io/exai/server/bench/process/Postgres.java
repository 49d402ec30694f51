package io.exai.server.bench.process;

import io.exai.persistence.database.JdbcAddress;
import io.exai.persistence.postgres.PostgresProcess;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A PostgreSQL server on the processor of the servers, as a yardstick's is that starts it from there. */
public final class Postgres implements AutoCloseable {
    private final PostgresProcess process;
    private final JdbcAddress address;

    private Postgres(PostgresProcess process, JdbcAddress address) {
        this.process = process;
        this.address = address;
    }

    /** Empty when its programs are not installed. */
    public static Optional<Postgres> start(Placement placement) throws Exception {
        var process = PostgresProcess.start();
        if (process.isEmpty()) {
            return Optional.empty();
        }
        var address = process.get().newDatabase();
        var postmaster = postmaster(address);
        for (var each :
                Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList()) {
            placement.move(each);
        }
        return Optional.of(new Postgres(process.get(), address));
    }

    /** Environment of a daemon that is to use it. */
    public Map<String, String> settings() {
        return Map.of(
                "EXAI_JOURNAL", "postgres",
                "EXAI_POSTGRES_URL", address.url(),
                "EXAI_POSTGRES_USER", address.user(),
                "EXAI_POSTGRES_PASSWORD", address.password());
    }

    @Override
    public void close() {
        process.close();
    }

    /** The parent of the process that serves a connection. */
    private static ProcessHandle postmaster(JdbcAddress address) throws IOException, SQLException {
        try (var connection = address.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select pg_backend_pid()")) {
            rows.next();
            return ProcessHandle.of(rows.getLong(1))
                    .flatMap(ProcessHandle::parent)
                    .orElseThrow(() -> new IOException("the server's process is not visible"));
        }
    }
}
