package io.exai.cluster;

/** There is nobody to meet where the settings say. */
public final class SeedsNotFound extends Exception {
    private static final long serialVersionUID = 1L;

    /** {@code problem} is {@code key: value (expected: ...)}, the key without the path of the section. */
    SeedsNotFound(String problem) {
        super(problem);
    }
}
