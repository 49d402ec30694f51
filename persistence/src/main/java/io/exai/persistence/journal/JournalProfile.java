package io.exai.persistence.journal;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.exai.persistence.PersistenceSettings;
import io.exai.persistence.database.JdbcAddress;
import io.exai.persistence.h2.H2File;
import java.nio.file.Path;
import java.util.Map;

/** What Pekko Persistence has to be told to write to the chosen back end. */
public record JournalProfile(PersistenceSettings settings) {

    /** Where the tables are; for {@code h2} the file need not exist yet. */
    public JdbcAddress address() {
        var postgres = settings.postgres();
        return settings.journal().equals("h2")
                ? new JdbcAddress(H2File.url(Path.of(settings.dataDir()), settings.h2()), "sa", "")
                : new JdbcAddress(postgres.url(), postgres.user(), postgres.password());
    }

    /** Journal, snapshots, pool: resolved, to be laid over {@code reference.conf}. */
    public Config pekkoConfig() {
        var values = ConfigFactory.parseMap(Map.of(
                "exai.persistence.jdbc.url", address().url(),
                "exai.persistence.jdbc.user", address().user(),
                "exai.persistence.jdbc.password", address().password(),
                "exai.persistence.jdbc.pool-size", poolSize(),
                "exai.persistence.r2dbc.url", r2dbcUrl()));
        return ConfigFactory.parseResourcesAnySyntax("journal-" + settings.journal())
                .resolveWith(values);
    }

    /** What {@code PersistenceQuery} calls the read side of this journal. It lists no event that was deleted. */
    public String readJournalId() {
        return settings.journal().equals("r2dbc") ? "pekko.persistence.r2dbc.query" : "jdbc-read-journal";
    }

    private int poolSize() {
        return settings.journal().equals("h2")
                ? settings.h2().poolSize()
                : settings.postgres().poolSize();
    }

    private String r2dbcUrl() {
        return settings.postgres().url().replaceFirst("^jdbc:", "r2dbc:").replaceFirst("\\?.*$", "");
    }
}
