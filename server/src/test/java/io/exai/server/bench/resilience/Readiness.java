package io.exai.server.bench.resilience;

import io.exai.server.bench.process.Server;
import io.exai.server.e2e.JarProcess;
import java.io.IOException;
import java.time.Duration;

/** Whether a daemon takes calls. */
final class Readiness {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private Readiness() {}

    static void await(int port, JarProcess daemon) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!Server.isReady(port)) {
            if (System.nanoTime() > end) {
                throw new IOException("not ready: " + String.join("\n", daemon.errors()));
            }
            Thread.sleep(100);
        }
    }
}
