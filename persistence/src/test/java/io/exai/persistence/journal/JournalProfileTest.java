package io.exai.persistence.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.exai.persistence.PersistenceSettings;
import io.exai.persistence.database.JdbcAddress;
import java.nio.file.Path;
import org.apache.pekko.persistence.jdbc.journal.dao.DefaultJournalDao;
import org.junit.jupiter.api.Test;

/** Tests {@link JournalProfile}. */
final class JournalProfileTest {
    private static final String POOL = "pekko-persistence-jdbc.shared-databases.slick.";
    private static final JdbcAddress ADDRESS = new JdbcAddress("jdbc:postgresql://db:5432/exai?ssl=on", "u", "secret");

    @Test
    void writesToAFileThatSurvivesAKill() {
        var config = config(Journals.h2(Path.of("/tmp/x")));
        assertThat(config.getString("pekko.persistence.journal.plugin")).isEqualTo("jdbc-journal");
        assertThat(config.getString(POOL + "profile")).isEqualTo("slick.jdbc.H2Profile$");
        assertThat(config.getString(POOL + "db.url"))
                .startsWith("jdbc:h2:file:/tmp/x/exai;")
                .contains(";WRITE_DELAY=0;", ";RETENTION_TIME=0;");
    }

    @Test
    void sharesOnePoolBetweenJournalSnapshotsAndReadJournal() {
        var config = config(Journals.postgres(ADDRESS));
        assertThat(config.getInt(POOL + "db.maxConnections")).isEqualTo(8);
        assertThat(config.getString(POOL + "db.user")).isEqualTo("u");
        assertThat(config.getString("jdbc-journal.use-shared-db")).isEqualTo("slick");
        assertThat(config.getString("jdbc-snapshot-store.use-shared-db")).isEqualTo("slick");
        assertThat(config.getString("jdbc-read-journal.use-shared-db")).isEqualTo("slick");
    }

    @Test
    void selectsR2dbcWithItsOwnAddress() {
        var jdbc = Journals.postgres(ADDRESS);
        var settings = new PersistenceSettings("r2dbc", "unused", jdbc.postgres(), jdbc.h2(), jdbc.payload());
        var config = config(settings);
        assertThat(config.getString("pekko.persistence.journal.plugin")).isEqualTo("pekko.persistence.r2dbc.journal");
        assertThat(config.getString("pekko.persistence.r2dbc.connection-factory.url"))
                .isEqualTo("r2dbc:postgresql://db:5432/exai");
        assertThat(config.getString(POOL + "db.password")).isEqualTo("secret");
        assertThat(new JournalProfile(settings).readJournalId()).isEqualTo("pekko.persistence.r2dbc.query");
    }

    @Test
    void writesInOneStatementToPostgresOnly() {
        assertThat(config(Journals.postgres(ADDRESS)).getString("jdbc-journal.dao"))
                .isEqualTo(OneStatementJournalDao.class.getName());
        assertThat(config(Journals.h2(Path.of("/tmp/x"))).getString("jdbc-journal.dao"))
                .isEqualTo(DefaultJournalDao.class.getName());
    }

    @Test
    void keepsThePasswordOutOfItsText() {
        assertThat(new JournalProfile(Journals.postgres(ADDRESS)))
                .asString()
                .contains("password=***")
                .doesNotContain("secret");
        assertThat(new JournalProfile(Journals.postgres(ADDRESS)).address())
                .asString()
                .doesNotContain("secret");
    }

    private static Config config(PersistenceSettings settings) {
        return new JournalProfile(settings).pekkoConfig().withFallback(ConfigFactory.load());
    }
}
