package io.exai.server.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Ends the process when what it watches is not over in time. */
final class Watchdog {
    private final Duration patience;
    private final int status;
    private final CountDownLatch over = new CountDownLatch(1);

    Watchdog(Duration patience, int status) {
        this.patience = patience;
        this.status = status;
    }

    void start() {
        Thread thread = new Thread(this::watch, "exai-watchdog");
        thread.setDaemon(true);
        thread.start();
    }

    /** All is well. */
    void release() {
        over.countDown();
    }

    private void watch() {
        try {
            if (!over.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                Runtime.getRuntime().halt(status);
            }
        } catch (InterruptedException nobodyDoes) {
            Thread.currentThread().interrupt();
        }
    }
}
