package io.exai.server.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Which processor a process may use: the server's is 0, the generator's is 1. */
public enum Placement {
    SERVER("0"),
    GENERATOR("1"),
    ANYWHERE("");

    private static final Path TASKSET = Path.of("/usr/bin/taskset");

    private final String processor;

    Placement(String processor) {
        this.processor = processor;
    }

    /** Whether this machine can pin: it has the program and a processor for each side. */
    public static boolean isPossible() {
        return Files.isExecutable(TASKSET) && Runtime.getRuntime().availableProcessors() >= 2;
    }

    List<String> command(List<String> command) {
        if (this == ANYWHERE) {
            return command;
        }
        var pinned = new ArrayList<>(List.of(TASKSET.toString(), "-c", processor));
        pinned.addAll(command);
        return pinned;
    }

    /** Moves a running process with all its threads; one that has just ended need not be moved. */
    void move(ProcessHandle process) throws IOException, InterruptedException {
        if (this != ANYWHERE) {
            var pid = Long.toString(process.pid());
            var taskset = new ProcessBuilder(TASKSET.toString(), "-a", "-c", "-p", processor, pid)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            var moved = taskset.waitFor(10, TimeUnit.SECONDS) && taskset.exitValue() == 0;
            if (!moved && process.isAlive()) {
                throw new IOException("taskset -c -p " + processor + " " + pid + ": failed");
            }
        }
    }
}
