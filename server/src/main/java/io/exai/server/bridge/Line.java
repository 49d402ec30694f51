package io.exai.server.bridge;

/** One line of the client. */
sealed interface Line {
    /** A line without its end. */
    record Whole(byte[] bytes) implements Line {}

    /**
     * A line that was longer than allowed and has been skipped.
     *
     * @param length in bytes
     * @param head the bytes it begins with
     * @param tail the bytes it ends with
     */
    record TooLong(long length, byte[] head, byte[] tail) implements Line {}
}
