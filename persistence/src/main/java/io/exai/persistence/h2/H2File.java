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
import org.jspecify.annotations.Nullable;

/** The embedded database file and the lock that keeps other processes away from it, from start to stop. */
public final class H2File implements AutoCloseable {
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
            return new H2File(directory, settings, channel);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "data directory " + directory + ": not usable (expected: a folder to write)", e);
        }
    }

    /** The JDBC address of the file in that directory; user {@code sa}, no password. */
    public static String url(Path dataDir, H2Settings settings) {
        return "jdbc:h2:file:" + dataDir.toAbsolutePath().normalize().resolve("exai") + ";WRITE_DELAY=0"
                + ";RETENTION_TIME=0;DB_CLOSE_ON_EXIT=FALSE;LOCK_TIMEOUT=10000;CACHE_SIZE="
                + settings.cacheSize() * 1024;
    }

    public String url() {
        return url(directory, settings);
    }

    /** The file itself. */
    public Path path() {
        return directory.resolve("exai.mv.db");
    }

    /** Lets other processes in. The file has to be closed before. */
    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
