package io.exai.server.bridge;

import io.exai.protocol.jsonrpc.RequestId;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the client has said and the daemon may not have heard: requests until they are answered, withdrawals until the
 * daemon must have had them, the rest until it is written. Keeps the order, over as many connections as it takes.
 */
final class Ledger {
    private final int maxUnanswered;
    private final long maxBytes;
    private final TreeMap<Long, Entry> entries = new TreeMap<>();
    private final Map<RequestId, Entry> unanswered = new HashMap<>();
    private final ArrayDeque<Entry> toSend = new ArrayDeque<>();
    private long next;
    private long bytes;
    private int withdrawals;

    /** A message of the client; {@code id} of the request that it is, or that it withdraws. */
    static final class Entry {
        private final long number;
        private final byte[] line;
        private final @Nullable RequestId id;
        private final boolean withdrawal;
        private boolean sent;

        private Entry(long number, byte[] line, @Nullable RequestId id, boolean withdrawal) {
            this.number = number;
            this.line = line;
            this.id = id;
            this.withdrawal = withdrawal;
        }

        byte[] line() {
            return line;
        }
    }

    /** {@code maxBytes} bounds the lines that are kept, in sum. */
    Ledger(int maxUnanswered, long maxBytes) {
        this.maxUnanswered = maxUnanswered;
        this.maxBytes = maxBytes;
    }

    /** A request, to be sent until it is answered. */
    void ask(RequestId id, byte[] line) {
        if (unanswered.containsKey(id)) {
            tell(line);
            return;
        }
        unanswered.put(id, add(line, id, false));
    }

    /** A message that nobody answers. */
    void tell(byte[] line) {
        add(line, null, false);
    }

    /** The withdrawal of a request, whose answer is not wanted any more. */
    void withdraw(RequestId id, byte[] line) {
        Entry request = unanswered.remove(id);
        if (request == null) {
            tell(line);
            return;
        }
        remove(request);
        if (request.sent) {
            add(line, id, true);
            withdrawals++;
            forgetWithdrawals(entries.lastKey(), withdrawals - maxUnanswered);
        }
    }

    private Entry add(byte[] line, @Nullable RequestId id, boolean withdrawal) {
        Entry entry = new Entry(next++, line, id, withdrawal);
        entries.put(entry.number, entry);
        toSend.add(entry);
        bytes += line.length;
        return entry;
    }

    /** The next message to send on this connection, in order; empty when there is none. */
    Optional<Entry> next() {
        Entry entry = toSend.poll();
        if (entry != null) {
            entry.sent = true;
        }
        return Optional.ofNullable(entry);
    }

    /** That message has gone out; one that nobody answers is done with. */
    void written(Entry entry) {
        if (entry.id == null) {
            remove(entry);
        }
    }

    /** A new connection: {@code introduction} first, then everything that is kept. */
    void rewind(List<byte[]> introduction) {
        toSend.clear();
        introduction.forEach(line -> toSend.add(new Entry(-1, line, null, false)));
        toSend.addAll(entries.values());
    }

    /**
     * An answer has come; false when nobody waits for it. What was said before its request has arrived too, as the
     * connection keeps the order.
     */
    boolean answered(RequestId id) {
        Entry request = unanswered.remove(id);
        if (request == null) {
            return false;
        }
        remove(request);
        forgetWithdrawals(request.number, Integer.MAX_VALUE);
        return true;
    }

    private void forgetWithdrawals(long before, int most) {
        List<Entry> old = entries.headMap(before).values().stream()
                .filter(entry -> entry.withdrawal)
                .limit(Math.max(0, most))
                .toList();
        old.forEach(this::remove);
        withdrawals -= old.size();
    }

    private void remove(Entry entry) {
        if (entries.remove(entry.number) != null) {
            bytes -= entry.line.length;
            toSend.remove(entry);
        }
    }

    /** Gives the largest message up; tells the id of its request if it was one that waits for its answer. */
    Optional<RequestId> giveUpLargest() {
        Optional<Entry> largest = entries.values().stream().max(Comparator.comparingInt(entry -> entry.line.length));
        largest.ifPresent(entry -> {
            remove(entry);
            withdrawals -= entry.withdrawal ? 1 : 0;
        });
        return largest.map(entry -> entry.id).filter(id -> unanswered.remove(id) != null);
    }

    /** Whether no more should be taken in now. */
    boolean isFull() {
        return entries.size() - withdrawals >= maxUnanswered || bytes >= maxBytes;
    }

    /** Whether everything has been written and answered. */
    boolean isDone() {
        return entries.size() == withdrawals && toSend.isEmpty();
    }

    int unanswered() {
        return unanswered.size();
    }
}
