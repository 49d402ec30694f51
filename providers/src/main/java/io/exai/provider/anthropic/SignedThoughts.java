package io.exai.provider.anthropic;

import io.exai.provider.chat.ChatMessage;
import io.exai.provider.chat.FunctionCall;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a model thought before it asked for calls, in the vendor's own signed blocks: it wants them back, as they were,
 * with the results. The least used are forgotten. For any thread.
 *
 * @see <a href="https://docs.anthropic.com/en/docs/build-with-claude/extended-thinking">thinking with tools</a>
 */
final class SignedThoughts {
    static final int MOST = 256;

    /** Characters; more is not kept. */
    private static final int LARGEST = 1 << 20;

    private final Map<String, List<String>> byCall = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, List<String>> eldest) {
            return size() > MOST;
        }
    };

    /** Each block is a JSON object, as text. */
    synchronized void keep(List<FunctionCall> calls, List<String> blocks) {
        long size = blocks.stream().mapToLong(String::length).sum();
        if (!calls.isEmpty() && !calls.get(0).id().isBlank() && size > 0 && size <= LARGEST) {
            byCall.put(calls.get(0).id(), List.copyOf(blocks));
        }
    }

    /** What was thought before the calls of that turn; empty when nothing is known of it. */
    synchronized Optional<List<String>> before(ChatMessage turn) {
        return turn.calls().stream().findFirst().map(call -> byCall.get(call.id()));
    }
}
