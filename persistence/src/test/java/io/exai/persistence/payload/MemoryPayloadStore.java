package io.exai.persistence.payload;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** Payloads in this process, for tests. */
public final class MemoryPayloadStore implements PayloadStore {
    private final Map<PayloadRef, byte[]> contents = new ConcurrentHashMap<>();
    private final Map<PayloadRef, Instant> lastPuts = new ConcurrentHashMap<>();
    private final Clock clock;

    public MemoryPayloadStore(Clock clock) {
        this.clock = clock;
    }

    @Override
    public CompletionStage<PayloadRef> put(byte[] content) {
        var ref = new PayloadRef(HexFormat.of().formatHex(sha256(content)), content.length);
        contents.put(ref, content.clone());
        lastPuts.put(ref, clock.instant());
        return CompletableFuture.completedFuture(ref);
    }

    @Override
    public CompletionStage<byte[]> get(PayloadRef ref) {
        var content = contents.get(ref);
        return content == null
                ? CompletableFuture.failedFuture(new PayloadMissing(ref))
                : CompletableFuture.completedFuture(content.clone());
    }

    @Override
    public CompletionStage<Integer> removeUnused(Instant before) {
        lastPuts.values().removeIf(lastPut -> lastPut.isBefore(before));
        var size = contents.size();
        contents.keySet().retainAll(lastPuts.keySet());
        return CompletableFuture.completedFuture(size - contents.size());
    }

    private static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
