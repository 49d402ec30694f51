package io.exai.server.bridge;

import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads the client's lines on a thread of its own and hands them over one at a time, each when asked for. */
final class Inlet {
    private final LineReader lines;
    private final Loop loop;
    private final Semaphore wanted = new Semaphore(1);

    Inlet(LineReader lines, Loop loop) {
        this.lines = lines;
        this.loop = loop;
    }

    /** The first line is handed over without being asked for; {@code ended} runs when the client says no more. */
    void start(Consumer<Line> taken, Runnable ended) {
        Runnable reading = () -> {
            for (Line line = read(); line != null; line = read()) {
                Line next = line;
                loop.execute(() -> taken.accept(next));
            }
            loop.execute(ended);
        };
        Loop.daemon(reading, "exai-stdin").start();
    }

    /** Asks for the next line. */
    void next() {
        wanted.release();
    }

    private @Nullable Line read() {
        try {
            wanted.acquire();
            return lines.next();
        } catch (IOException | InterruptedException gone) {
            return null;
        }
    }
}
