package io.exai.server.session;

import io.exai.persistence.payload.PayloadRef;
import io.exai.persistence.payload.PayloadStore;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** Payloads in memory, under a hash that is good enough for a test; fails on demand. */
final class FakePayloads implements PayloadStore {
    final Map<String, byte[]> contents = new ConcurrentHashMap<>();
    volatile boolean broken;
    private volatile CompletableFuture<Boolean> open = CompletableFuture.completedFuture(true);

    /** From now on nothing is read before {@link #release()}. */
    void hold() {
        open = new CompletableFuture<>();
    }

    void release() {
        open.complete(true);
    }

    @Override
    public CompletionStage<PayloadRef> put(byte[] content) {
        if (broken) {
            return CompletableFuture.failedFuture(new IllegalStateException("told to fail"));
        }
        String hash = Integer.toHexString(Arrays.hashCode(content));
        contents.put(hash, content);
        return CompletableFuture.completedFuture(new PayloadRef(hash, content.length));
    }

    @Override
    public CompletionStage<byte[]> get(PayloadRef ref) {
        byte[] content = broken ? null : contents.get(ref.sha256());
        return content == null
                ? CompletableFuture.failedFuture(new IllegalStateException("told to fail"))
                : open.thenApplyAsync(opened -> content);
    }

    @Override
    public CompletionStage<Integer> removeUnused(Instant before) {
        return CompletableFuture.completedFuture(0);
    }
}
