package io.exai.provider.sandbox.file;

import io.exai.provider.sandbox.wire.Dialect;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Uploaded files in memory; the oldest make room for new ones. Safe for any thread. */
final class FileStore {
    private final int mostFiles;
    private final long mostBytes;
    private final Map<String, StoredFile> files = new LinkedHashMap<>();
    private long bytes;
    private long seq;

    FileStore(int mostFiles, long mostBytes) {
        this.mostFiles = mostFiles;
        this.mostBytes = mostBytes;
    }

    /** Null when it alone is larger than the whole store. */
    synchronized @Nullable StoredFile add(Dialect dialect, String name, String purpose, byte[] content, Instant now) {
        if (content.length > mostBytes) {
            return null;
        }
        while (files.size() >= mostFiles || bytes + content.length > mostBytes) {
            remove(files.keySet().iterator().next());
        }
        var file = new StoredFile("file-sandbox-" + ++seq, dialect, name, purpose, content, now);
        files.put(file.id(), file);
        bytes += content.length;
        return file;
    }

    synchronized @Nullable StoredFile find(Dialect dialect, String id) {
        StoredFile file = files.get(id);
        return file != null && file.dialect() == dialect ? file : null;
    }

    synchronized List<StoredFile> list(Dialect dialect) {
        return files.values().stream().filter(file -> file.dialect() == dialect).toList();
    }

    synchronized void remove(String id) {
        StoredFile file = files.remove(id);
        bytes -= file == null ? 0 : file.content().length;
    }
}
