package io.exai.server.tool;

import io.exai.provider.chat.Piece;

/** What there is to tell of an answer before it is whole: its text, and between marks what the model thinks. */
final class Telling {
    private static final String THOUGHT = "<think>";
    private static final String SAID = "</think>\n";

    private final StringBuilder untold = new StringBuilder();
    private boolean thinking;
    private boolean begun;

    void add(Piece piece) {
        if (piece.thought() != thinking) {
            untold.append(piece.thought() ? THOUGHT : SAID);
            thinking = piece.thought();
        }
        untold.append(piece.text());
        begun = true;
    }

    /** Something that is no part of the answer; said only when a part of one was told already. */
    void note(String text) {
        if (thinking) {
            untold.append(SAID);
            thinking = false;
        }
        if (begun) {
            untold.append("\n[").append(text).append("]\n");
        }
    }

    boolean isEmpty() {
        return untold.isEmpty();
    }

    /** All that was not taken before. */
    String take() {
        String text = untold.toString();
        untold.setLength(0);
        return text;
    }
}
