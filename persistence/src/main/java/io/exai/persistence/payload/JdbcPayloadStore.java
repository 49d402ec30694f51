package io.exai.persistence.payload;

import io.exai.persistence.database.Database;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.CompletionStage;

/** Payloads in the database of the journal. A content seen before costs one read, and at most hourly one write. */
public final class JdbcPayloadStore implements PayloadStore {
    private static final int TRIES = 5;
    private static final Duration FRESH = Duration.ofHours(1);

    private final Database database;
    private final Clock clock;

    public JdbcPayloadStore(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public CompletionStage<PayloadRef> put(byte[] content) {
        return database.run(connection -> {
            var ref = new PayloadRef(sha256(content), content.length);
            keep(connection, ref.sha256(), content);
            return ref;
        });
    }

    @Override
    public CompletionStage<byte[]> get(PayloadRef ref) {
        return database.run(connection ->
                new PayloadTable(connection).read(ref.sha256()).orElseThrow(() -> new PayloadMissing(ref)));
    }

    @Override
    public CompletionStage<Integer> removeUnused(Instant before) {
        return database.run(connection -> new PayloadTable(connection).deleteBefore(before));
    }

    /** Somebody else may insert the same content meanwhile: then it is there, or will be seen by the next look. */
    private void keep(Connection connection, String sha256, byte[] content) throws SQLException {
        for (int tries = 1; !isKept(connection, sha256, content.length); tries++) {
            try {
                new PayloadTable(connection).insert(sha256, content, clock.instant());
                return;
            } catch (SQLException e) {
                if (tries == TRIES || !isContention(e)) {
                    throw e;
                }
            }
        }
    }

    private boolean isKept(Connection connection, String sha256, int size) throws SQLException {
        var table = new PayloadTable(connection);
        var now = clock.instant();
        var lastPut = table.lastPut(sha256);
        return lastPut.isPresent()
                && (lastPut.get().isAfter(now.minus(FRESH)) || table.refresh(sha256, now) == PayloadTable.pieces(size));
    }

    /** Integrity violation (23), transaction rollback (40), lock time-out (HYT00, 90131). */
    private static boolean isContention(SQLException e) {
        var state = String.valueOf(e.getSQLState());
        return state.startsWith("23") || state.startsWith("40") || state.equals("HYT00") || state.equals("90131");
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256: missing (expected: part of every Java runtime)", e);
        }
    }
}
