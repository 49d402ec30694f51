package io.exai.protocol.frame;

import java.util.ArrayList;
import java.util.List;

/**
 * Sizes a peer may not exceed, in bytes on the wire.
 *
 * @param frame one message, fragments summed
 * @param call one message that is read as JSON, such as a {@code tools/call}
 * @param header the HTTP request line, and each header
 */
public record Limits(long frame, long call, long header) {
    private static final long MAX_FRAME = 1L << 30;
    private static final long MAX_CALL = 100L << 20;

    /** What is out of range, one line each. */
    public List<String> problems(String path) {
        List<String> problems = new ArrayList<>();
        if (frame < 1024 || frame > MAX_FRAME) {
            problems.add(path + ".frame: " + frame + " (expected: 1024 to " + MAX_FRAME + ")");
        }
        if (call < 1024 || call > MAX_CALL || call > frame) {
            problems.add(path + ".call: " + call + " (expected: 1024 to " + MAX_CALL + ", at most frame)");
        }
        if (header < 1024 || header > 1 << 20) {
            problems.add(path + ".header: " + header + " (expected: 1024 to 1048576)");
        }
        return problems;
    }
}
