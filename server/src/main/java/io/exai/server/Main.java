package io.exai.server;

import io.exai.server.cli.ExaiCommand;

/** Entry point of the one jar. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        // On two processors the common pool has one thread, and Java 17 then starts a new thread for each stage.
        if (System.getProperty("java.util.concurrent.ForkJoinPool.common.parallelism") == null
                && Runtime.getRuntime().availableProcessors() <= 2) {
            System.setProperty("java.util.concurrent.ForkJoinPool.common.parallelism", "2");
        }
        int status = ExaiCommand.run(args, System.out, System.err);
        if (status != ExaiCommand.STILL_RUNNING) {
            System.exit(status);
        }
    }
}
