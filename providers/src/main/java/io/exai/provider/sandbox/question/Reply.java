package io.exai.provider.sandbox.question;

import io.exai.provider.sandbox.wire.Words;
import java.util.List;

/**
 * What the sandbox answers.
 *
 * @param thinking shown before the text; empty when there is none
 * @param calls of tools, instead of a text
 * @param search what the web was asked; empty when it was not
 */
public record Reply(String thinking, String text, List<ToolCall> calls, String search) {
    public static Reply text(String text) {
        return new Reply("", text, List.of(), "");
    }

    public boolean callsTools() {
        return !calls.isEmpty();
    }

    public int tokens() {
        int tokens = Words.count(thinking) + Words.count(text);
        for (ToolCall call : calls) {
            tokens += Words.count(call.arguments());
        }
        return tokens;
    }
}
