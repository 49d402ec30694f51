package io.exai.server.edge;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;

/** Which answers a client has: a ping carries the sequence of the last one, and its pong brings that back. */
final class Confirmations {
    private long wanted;
    private boolean asked;

    /** Everything up to that sequence is to be confirmed. */
    void want(long sequence) {
        wanted = Math.max(wanted, sequence);
    }

    /** The payload of the ping to send now; empty when nothing new is to be confirmed. */
    Optional<byte[]> ask() {
        if (wanted == 0) {
            return Optional.empty();
        }
        byte[] payload = ByteBuffer.allocate(Long.BYTES).putLong(wanted).array();
        wanted = 0;
        asked = true;
        return Optional.of(payload);
    }

    /** The sequence that a pong with that payload confirms; empty when it answers another ping, or none. */
    OptionalLong answered(byte[] payload) {
        if (!asked || payload.length != Long.BYTES) {
            return OptionalLong.empty();
        }
        asked = false;
        return OptionalLong.of(ByteBuffer.wrap(payload).getLong());
    }
}
