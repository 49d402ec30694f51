package io.exai.persistence.h2;

import io.exai.persistence.H2Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The embedded database file and the lock that keeps other processes away from it, from start to stop. */
public final class H2File implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(H2File.class);

    /** Keeps open files from the garbage collector, which would unlock them. */
    private static final Set<H2File> OPEN = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final H2Settings settings;
    private final FileChannel lock;

    private H2File(Path directory, H2Settings settings, FileChannel lock) {
        this.directory = directory;
        this.settings = settings;
        this.lock = lock;
    }

    /** Creates the directory when absent; throws {@link DataDirectoryInUse} when another process holds it. */
    public static H2File open(Path dataDir, H2Settings settings) {
        var directory = dataDir.toAbsolutePath().normalize();
        try {
            Files.createDirectories(directory);
            var channel = FileChannel.open(
                    directory.resolve("exai.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(channel) == null) {
                channel.close();
                throw new DataDirectoryInUse(directory);
            }
            var file = new H2File(directory, settings, channel);
            OPEN.add(file);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "data directory " + directory + ": not usable (expected: a folder to write)", e);
        }
    }

    /** The JDBC address of the file in that directory; user {@code sa}, no password. */
    public static String url(Path dataDir, H2Settings settings) {
        return "jdbc:h2:file:" + dataDir.toAbsolutePath().normalize().resolve("exai") + ";WRITE_DELAY=0"
                + ";RETENTION_TIME=0;DB_CLOSE_ON_EXIT=FALSE;LOCK_TIMEOUT=10000;PAGE_SIZE=1024;CACHE_SIZE="
                + settings.cacheSize() * 1024;
    }

    public String url() {
        return url(directory, settings);
    }

    /** The file itself. */
    public Path path() {
        return directory.resolve("exai.mv.db");
    }

    /**
     * Rewrites the file to its smallest size and lets other processes in; to be called when the pool is closed.
     *
     * @return whether that was done in {@code compact-on-stop}; otherwise the file is as it was, the directory stays
     *     locked until this process ends, and ending it does no harm
     */
    public boolean compactAndClose() {
        var bound = settings.compactOnStop();
        var compacted = bound.isZero() || !Files.exists(path()) || ended(startCompacting(), bound);
        if (compacted) {
            close();
        }
        return compacted;
    }

    /** Lets other processes in. The file has to be closed before. */
    @Override
    public void close() {
        OPEN.remove(this);
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Thread startCompacting() {
        var thread = new Thread(this::compact, "exai-h2-compaction");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void compact() {
        try (var connection = DriverManager.getConnection(url(), "sa", "");
                var statement = connection.createStatement()) {
            statement.execute("shutdown compact");
        } catch (SQLException e) {
            LOG.warn("{}: not compacted, {}", path(), e.getMessage());
        }
    }

    private static boolean ended(Thread thread, Duration bound) {
        try {
            thread.join(Math.max(1, bound.toMillis()));
            return !thread.isAlive();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }
}
