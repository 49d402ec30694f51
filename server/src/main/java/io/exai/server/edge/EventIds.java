package io.exai.server.edge;

import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/**
 * Ids of server-sent events: the stream, the sequence of the last answer before or at the event, and something that
 * makes it unique. Not thread-safe.
 */
final class EventIds {
    private static final Pattern FORM = Pattern.compile("([A-Za-z0-9_-]{1,64})\\.([0-9]{1,18})\\.[0-9a-z]{1,32}");

    private final String stream;
    private final String turn = Integer.toString(ThreadLocalRandom.current().nextInt(1 << 20), 36);
    private long sequence;
    private long events;

    EventIds(String stream, long sequence) {
        this.stream = stream;
        this.sequence = sequence;
    }

    /** The next event's, after the answer of that sequence; 0 when the event is none. */
    String next(long answer) {
        sequence = Math.max(sequence, answer);
        events++;
        return stream + "." + sequence + "." + turn + "x" + Long.toString(events, 36);
    }

    /** Where a client stopped reading. */
    record Position(String stream, long sequence) {}

    static Optional<Position> parse(String id) {
        var matcher = FORM.matcher(id);
        return matcher.matches()
                ? Optional.of(new Position(matcher.group(1), Long.parseLong(matcher.group(2))))
                : Optional.empty();
    }
}
