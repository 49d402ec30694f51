package io.exai.server.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The open sockets of a process, as Linux tells them: {@code socket:[inode]} of each. */
record Sockets(Set<String> inodes) {
    private static final String ESTABLISHED = "01";

    static Sockets of(long pid) throws IOException {
        Set<String> inodes = new HashSet<>();
        try (Stream<Path> descriptors = Files.list(Path.of("/proc", String.valueOf(pid), "fd"))) {
            for (Path descriptor : descriptors.toList()) {
                if (Files.isSymbolicLink(descriptor)) {
                    inodes.add(Files.readSymbolicLink(descriptor).toString());
                }
            }
        }
        return new Sockets(inodes);
    }

    boolean isConnectedTo(int port) throws IOException {
        String remote = ":%04X".formatted(port);
        for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            for (String line : Files.readAllLines(Path.of(table))) {
                String[] fields = line.strip().split("\\s+", -1);
                if (fields[2].endsWith(remote)
                        && fields[3].equals(ESTABLISHED)
                        && inodes.contains("socket:[" + fields[9] + "]")) {
                    return true;
                }
            }
        }
        return false;
    }
}
