package io.exai.persistence.h2;

import java.nio.file.Path;

/** Another process holds the data directory; the message is all an operator needs. */
public final class DataDirectoryInUse extends RuntimeException {
    DataDirectoryInUse(Path directory) {
        super("data directory " + directory + " is in use by another process");
    }
}
