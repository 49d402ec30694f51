package io.exai.provider.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import io.exai.provider.chat.ChatOutcome;
import io.exai.provider.chat.FunctionCall;
import io.exai.provider.chat.Usage;
import io.exai.provider.http.Draft;
import io.exai.provider.http.Origin;
import io.exai.provider.json.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an answer is put together from: blocks of text, thinking and calls, the reason for its end, its usage. */
final class Blocks {
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder thinking = new StringBuilder();
    private final List<FunctionCall> calls = new ArrayList<>();
    private @Nullable String stopReason;
    private final List<String> signed = new ArrayList<>();
    private long fresh;
    private long read;
    private long written;
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

    /** A block of thinking as the vendor wants it back. */
    void signed(JsonNode block) {
        signed.add(block.toString());
    }

    void stopReason(@Nullable String reason) {
        stopReason = reason == null ? stopReason : reason;
    }

    boolean stopped() {
        return stopReason != null;
    }

    /** Later figures replace earlier ones. What came out of the vendor's cache, or went into it, is told apart. */
    void usage(JsonNode usage) {
        fresh = count(usage, "input_tokens", fresh);
        read = count(usage, "cache_read_input_tokens", read);
        written = count(usage, "cache_creation_input_tokens", written);
        output = count(usage, "output_tokens", output);
    }

    private static long count(JsonNode usage, String field, long before) {
        return usage.path(field).isNumber() ? Json.count(usage.path(field)) : before;
    }

    /** With us, what the cache gave or took is a part of the input. */
    ChatOutcome answer(Origin origin, SignedThoughts thoughts) {
        thoughts.keep(calls, signed);
        String thought = thinking.isEmpty() ? null : thinking.toString();
        var usage = new Usage(fresh + read + written, output, read);
        return new Draft(text.toString(), thought, calls, finishReason(), usage).outcome(origin);
    }

    /** In the words that all other vendors use. */
    private @Nullable String finishReason() {
        if (stopReason == null) {
            return null;
        }
        return switch (stopReason) {
            case "end_turn", "stop_sequence" -> "stop";
            case "max_tokens", "model_context_window_exceeded" -> "length";
            case "tool_use" -> "tool_calls";
            case "refusal" -> "content_filter";
            default -> stopReason;
        };
    }
}
