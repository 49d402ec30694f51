package io.exai.persistence.payload;

/** The contract, held by {@link MemoryPayloadStore}. */
final class MemoryPayloadStoreTest extends PayloadStoreContract {
    private final MemoryPayloadStore store = new MemoryPayloadStore(clock);

    @Override
    PayloadStore store() {
        return store;
    }
}
