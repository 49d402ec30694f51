package io.exai.persistence.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.exai.persistence.journal.JournalProfile;
import io.exai.persistence.journal.Journals;
import io.exai.persistence.schema.Dialect;
import io.exai.persistence.schema.Schema;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {
    @TempDir
    private Path folder;

    @Test
    void makesAKeyOnceAndGivesItToEverybody() throws Exception {
        var address = new JournalProfile(Journals.h2(folder)).address();
        new Schema(Dialect.H2, Clock.systemUTC()).apply(address::connect);
        var one = new Secrets(new Database(address::connect, Runnable::run));
        var other = new Secrets(new Database(address::connect, Runnable::run));

        byte[] key = one.key("a", 32).toCompletableFuture().get(20, TimeUnit.SECONDS);

        assertThat(key).hasSize(32).isNotEqualTo(new byte[32]);
        assertThat(other.key("a", 32).toCompletableFuture().get(20, TimeUnit.SECONDS))
                .isEqualTo(key);
        assertThat(other.key("b", 32).toCompletableFuture().get(20, TimeUnit.SECONDS))
                .isNotEqualTo(key);
    }
}
