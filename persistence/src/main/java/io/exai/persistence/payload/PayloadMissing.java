package io.exai.persistence.payload;

/** A content was asked for that the store does not hold. */
public final class PayloadMissing extends RuntimeException {
    private final PayloadRef ref;

    public PayloadMissing(PayloadRef ref) {
        super("payload " + ref.sha256() + " of " + ref.size() + " bytes: missing (expected: put less than the retention"
                + " ago)");
        this.ref = ref;
    }

    public PayloadRef ref() {
        return ref;
    }
}
