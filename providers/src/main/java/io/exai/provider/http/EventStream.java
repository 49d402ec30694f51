package io.exai.provider.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.exai.provider.chat.ChatOutcome;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/** An event stream of bounded size that comes to an outcome, the same however its bytes are cut. */
public final class EventStream implements BodyReader {
    private static final int LARGEST_EVENT = 1 << 20;

    private final long maxSize;
    private final Events events;
    private final SseParser parser;
    private @Nullable ChatOutcome outcome;
    private long size;

    /** What the events of a stream say. */
    public interface Events {
        /** Takes the data of the next event; returns the outcome if that was the last one. */
        @Nullable
        ChatOutcome event(String data) throws JsonProcessingException;

        /** The stream has ended, and no event was the last one. */
        ChatOutcome end();
    }

    /**
     * @param maxSize bytes of the whole stream
     * @param events hear of each event up to the one that brings the outcome
     */
    public EventStream(long maxSize, Events events) {
        this.maxSize = maxSize;
        this.events = events;
        this.parser = new SseParser((int) Math.min(maxSize, LARGEST_EVENT), this::event);
    }

    /** Throws {@link BadAnswer}, but not because of what follows an outcome in the same bytes. */
    @Override
    public @Nullable ChatOutcome read(ByteString bytes) {
        boolean over = outcome != null;
        try {
            feed(bytes);
        } catch (BadAnswer bad) {
            if (over || outcome == null) {
                throw bad;
            }
        }
        return outcome;
    }

    @Override
    public ChatOutcome end() {
        parser.end();
        return outcome == null ? events.end() : outcome;
    }

    private void feed(ByteString bytes) {
        int room = (int) Math.min(maxSize - size, bytes.size());
        parser.feed(bytes.take(room).toArrayUnsafe());
        size += room;
        if (room < bytes.size()) {
            throw new BadAnswer("sent an answer larger than max-answer-size = " + maxSize);
        }
    }

    private void event(String data) {
        if (outcome != null) {
            return;
        }
        try {
            outcome = events.event(data);
        } catch (JsonProcessingException malformed) {
            throw new BadAnswer("sent a chunk that is no JSON: " + malformed.getOriginalMessage());
        }
    }
}
