package io.exai.persistence.journal;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.exai.persistence.H2Settings;
import io.exai.persistence.PayloadSettings;
import io.exai.persistence.PersistenceSettings;
import io.exai.persistence.PostgresSettings;
import io.exai.persistence.database.JdbcAddress;
import io.exai.persistence.schema.Dialect;
import io.exai.persistence.schema.Schema;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.SpawnProtocol;
import org.apache.pekko.actor.typed.SpawnProtocol.Command;

/** Settings and actor systems over a real journal, for tests and measurements. */
public final class Journals {
    private static final PayloadSettings PAYLOAD = new PayloadSettings(32768, Duration.ofDays(7), Duration.ofHours(1));
    private static final PostgresSettings NO_POSTGRES = new PostgresSettings("jdbc:postgresql:exai", "exai", "", 8);
    private static final H2Settings H2 =
            new H2Settings(4, 64, 64, Duration.ofSeconds(1), Duration.ofMillis(20), Duration.ofSeconds(20));

    private Journals() {}

    public static PersistenceSettings h2(Path dataDir) {
        return new PersistenceSettings("h2", dataDir.toString(), NO_POSTGRES, H2, PAYLOAD);
    }

    public static PersistenceSettings postgres(JdbcAddress address) {
        var postgres = new PostgresSettings(address.url(), address.user(), address.password(), 8);
        return new PersistenceSettings("postgres", "unused", postgres, H2, PAYLOAD);
    }

    /** Makes the tables and starts a system whose journal they are. */
    public static ActorSystem<Command> start(PersistenceSettings settings) throws SQLException {
        return start(settings, ConfigFactory.empty());
    }

    /** The same with some settings of Pekko's own overridden. */
    public static ActorSystem<Command> start(PersistenceSettings settings, Config overrides) throws SQLException {
        var profile = new JournalProfile(settings);
        new Schema(Dialect.of(settings.journal()), Clock.systemUTC()).apply(profile.address()::connect);
        var config = overrides
                .withFallback(profile.pekkoConfig())
                .withFallback(ConfigFactory.parseString("pekko.loglevel = WARNING"))
                .withFallback(ConfigFactory.defaultReference())
                .resolve();
        return ActorSystem.create(SpawnProtocol.create(), "journal", config);
    }

    /** Returns when all actors have stopped and the pool is closed. */
    public static void stop(ActorSystem<?> system) throws Exception {
        system.terminate();
        system.getWhenTerminated().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
}
