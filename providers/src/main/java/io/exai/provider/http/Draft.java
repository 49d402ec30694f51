package io.exai.provider.http;

import io.exai.provider.chat.ChatAnswer;
import io.exai.provider.chat.ChatOutcome;
import io.exai.provider.chat.FunctionCall;
import io.exai.provider.chat.ProviderFailure.Kind;
import io.exai.provider.chat.Usage;
import io.exai.provider.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that came of an answer, before it is known whether it is one.
 *
 * @param calls as the vendor wrote them, in order
 * @param finishReason in the words of chat completions; null when the vendor gave none
 */
public record Draft(
        String text,
        @Nullable String reasoning,
        List<FunctionCall> calls,
        @Nullable String finishReason,
        Usage usage) {
    /** Ends that are no ends: the vendor's model broke down. */
    private static final Set<String> BROKEN_DOWN = Set.of("error", "network_error");

    private static final String OUT_OF_TOKENS = "length";

    public Draft {
        calls = List.copyOf(calls);
    }

    /** An answer, or why it is none; {@link BadAnswer} for a call of nothing. */
    public ChatOutcome outcome(Origin origin) {
        String reason = finishReason == null ? "stop" : finishReason;
        if (BROKEN_DOWN.contains(reason)) {
            return origin.failure(Kind.UPSTREAM_ERROR, "broke its answer off with an error");
        }
        List<FunctionCall> asked = usable();
        boolean cut = asked.stream().anyMatch(call -> !Json.isObject(call.arguments()));
        if (cut && finishReason == null) {
            return origin.failure(Kind.BROKEN_STREAM, "broke off in the middle of a call");
        }
        if (cut && reason.equals(OUT_OF_TOKENS)) {
            return origin.failure(Kind.BAD_ANSWER, "ran out of tokens in the middle of a call");
        }
        if (text.isBlank() && asked.isEmpty()) {
            String why = reason.equals("stop") ? "" : " (it ended with " + reason + ")";
            return origin.failure(Kind.EMPTY_ANSWER, "sent an answer without text" + why);
        }
        return new ChatAnswer(text, reasoning, origin.provider(), origin.model(), reason, usage, asked);
    }

    /** Each has a name, an id, and arguments. */
    private List<FunctionCall> usable() {
        var usable = new ArrayList<FunctionCall>();
        for (FunctionCall call : calls) {
            if (call.name().isBlank()) {
                throw new BadAnswer("asked for a function without naming it");
            }
            String id = call.id().isBlank() ? "call_" + usable.size() : call.id();
            String arguments = call.arguments().isBlank() ? "{}" : call.arguments();
            usable.add(new FunctionCall(id, call.name(), arguments));
        }
        return usable;
    }
}
