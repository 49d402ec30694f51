package io.exai.server.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;

/** A temporary folder that other users may enter: a database server does not run as root. */
record Folder(Path path) {
    static Folder create() throws IOException {
        var open = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x"));
        return new Folder(Files.createTempDirectory("exai-bench", open));
    }

    /** With all that is in it; nobody may write there any more. */
    void delete() throws IOException {
        try (var paths = Files.walk(path)) {
            for (var each : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
