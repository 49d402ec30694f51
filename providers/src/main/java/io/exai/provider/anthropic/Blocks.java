package io.exai.provider.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import io.exai.provider.chat.ChatAnswer;
import io.exai.provider.chat.ChatOutcome;
import io.exai.provider.chat.FunctionCall;
import io.exai.provider.chat.ProviderFailure.Kind;
import io.exai.provider.chat.Usage;
import io.exai.provider.http.Json;
import io.exai.provider.http.Origin;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an answer is put together from: blocks of text, thinking and calls, the reason for its end, its usage. */
final class Blocks {
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder thinking = new StringBuilder();
    private final List<FunctionCall> calls = new ArrayList<>();
    private @Nullable String stopReason;
    private long input;
    private long cached;
    private long output;

    void text(String piece) {
        text.append(piece);
    }

    void thinking(String piece) {
        thinking.append(piece);
    }

    void call(FunctionCall call) {
        calls.add(call);
    }

    void stopReason(@Nullable String reason) {
        stopReason = reason == null ? stopReason : reason;
    }

    boolean stopped() {
        return stopReason != null;
    }

    /**
     * Later figures replace earlier ones. Input that came out of the vendor's cache, or went into it, is told apart from
     * the rest; with us it is a part of the input.
     */
    void usage(JsonNode usage) {
        if (usage.has("input_tokens")) {
            cached = Json.count(usage.path("cache_read_input_tokens"));
            input = Json.count(usage.path("input_tokens"))
                    + cached
                    + Json.count(usage.path("cache_creation_input_tokens"));
        }
        if (usage.has("output_tokens")) {
            output = Json.count(usage.path("output_tokens"));
        }
    }

    ChatOutcome answer(Origin origin) {
        if (text.toString().isBlank() && calls.isEmpty()) {
            return origin.failure(Kind.EMPTY_ANSWER, "sent an answer without text");
        }
        return new ChatAnswer(
                text.toString(),
                thinking.isEmpty() ? null : thinking.toString(),
                origin.provider(),
                origin.model(),
                finishReason(),
                new Usage(input, output, cached),
                calls);
    }

    /** In the words that all other vendors use. */
    private String finishReason() {
        if (stopReason == null) {
            return "stop";
        }
        return switch (stopReason) {
            case "end_turn", "stop_sequence" -> "stop";
            case "max_tokens" -> "length";
            case "tool_use" -> "tool_calls";
            case "refusal" -> "content_filter";
            default -> stopReason;
        };
    }
}
