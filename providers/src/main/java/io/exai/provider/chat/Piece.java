package io.exai.provider.chat;

/**
 * A part of a streamed answer, as soon as it has come.
 *
 * @param thought whether the model says it to itself
 */
public record Piece(boolean thought, String text) {
    /** A part of the answer proper. */
    public static Piece said(String text) {
        return new Piece(false, text);
    }

    /** A part of the reasoning. */
    public static Piece thought(String text) {
        return new Piece(true, text);
    }
}
