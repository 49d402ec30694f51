package io.exai.provider.sandbox.question;

import java.util.ArrayList;
import java.util.List;

/**
 * One call of a tool that the sandbox wishes.
 *
 * @param builtIn whether the vendor runs it
 * @param arguments a JSON object
 */
public record ToolCall(String name, boolean builtIn, String arguments) {
    private static final int PIECE = 8;

    /** The arguments as they are streamed: several pieces. */
    public List<String> pieces() {
        var pieces = new ArrayList<String>();
        int length = Math.min(PIECE, Math.max(1, arguments.length() / 3));
        for (int start = 0; start < arguments.length(); start += length) {
            pieces.add(arguments.substring(start, Math.min(arguments.length(), start + length)));
        }
        return pieces;
    }
}
