package io.exai.server.bridge;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Writes messages to the client, one a line, on a thread of its own, because a client may be slow to read. */
final class Outlet {
    private final OutputStream out;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> Loop.daemon(task, "exai-stdout"));

    Outlet(OutputStream out) {
        this.out = out;
    }

    /** Done when the message has been handed over; failed when the client does not listen any more. */
    CompletionStage<Void> write(byte[] message) {
        return CompletableFuture.runAsync(() -> print(message), thread);
    }

    private void print(byte[] message) {
        try {
            out.write(line(message));
            out.flush();
        } catch (IOException closed) {
            throw new UncheckedIOException(closed);
        }
    }

    /** JSON has breaks of line between its tokens only, where a space means the same. */
    private static byte[] line(byte[] message) {
        byte[] line = Arrays.copyOf(message, message.length + 1);
        for (int at = 0; at < message.length; at++) {
            if (line[at] == '\n' || line[at] == '\r') {
                line[at] = ' ';
            }
        }
        line[message.length] = '\n';
        return line;
    }
}
