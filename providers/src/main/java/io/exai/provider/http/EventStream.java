package io.exai.provider.http;

import io.exai.provider.chat.ChatOutcome;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/** An event stream of bounded size that comes to an outcome, the same however its bytes are cut. */
public final class EventStream {
    private static final int LARGEST_EVENT = 1 << 20;

    private final long maxSize;
    private final SseParser parser;
    private long size;

    /**
     * @param maxSize bytes of the whole stream
     * @param events receives the data of each event
     */
    public EventStream(long maxSize, Consumer<String> events) {
        this.maxSize = maxSize;
        this.parser = new SseParser((int) Math.min(maxSize, LARGEST_EVENT), events);
    }

    /**
     * Takes the next bytes and returns the outcome, if the events have led to one. Throws {@link BadAnswer} for a stream
     * that is too large or makes no sense, but not because of what follows an outcome in the same bytes.
     */
    public @Nullable ChatOutcome read(ByteString bytes, Supplier<@Nullable ChatOutcome> outcome) {
        boolean over = outcome.get() != null;
        try {
            feed(bytes);
        } catch (BadAnswer bad) {
            if (over || outcome.get() == null) {
                throw bad;
            }
        }
        return outcome.get();
    }

    /** As {@link SseParser#end}. */
    public void end() {
        parser.end();
    }

    private void feed(ByteString bytes) {
        int room = (int) Math.min(maxSize - size, bytes.size());
        parser.feed(bytes.take(room).toArrayUnsafe());
        size += room;
        if (room < bytes.size()) {
            throw new BadAnswer("sent an answer larger than max-answer-size = " + maxSize);
        }
    }
}
