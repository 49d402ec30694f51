package io.exai.provider.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.exai.provider.chat.FunctionCall;
import java.util.List;
import java.util.TreeMap;

/** Puts together the calls of a streamed answer, whose arguments come in pieces. */
final class CallPieces {
    private final TreeMap<Integer, Pieces> calls = new TreeMap<>();

    private static final class Pieces {
        private final StringBuilder id = new StringBuilder();
        private final StringBuilder name = new StringBuilder();
        private final StringBuilder arguments = new StringBuilder();
    }

    /** Takes what one delta adds; id and name come with the first piece of a call, and count once. */
    void add(JsonNode delta) {
        for (JsonNode call : delta.path("tool_calls")) {
            Pieces pieces = calls.computeIfAbsent(index(call), index -> new Pieces());
            JsonNode function = call.path("function");
            if (pieces.id.isEmpty()) {
                pieces.id.append(call.path("id").asText());
            }
            if (pieces.name.isEmpty()) {
                pieces.name.append(function.path("name").asText());
            }
            pieces.arguments.append(function.path("arguments").asText());
        }
    }

    /** Some vendors leave it out: then a piece without an id of its own goes on with the last call. */
    private int index(JsonNode call) {
        JsonNode index = call.path("index");
        if (index.isNumber() || index.isTextual()) {
            return index.asInt();
        }
        if (calls.isEmpty()) {
            return 0;
        }
        String id = call.path("id").asText();
        boolean goesOn = id.isEmpty() || id.contentEquals(calls.lastEntry().getValue().id);
        return goesOn ? calls.lastKey() : calls.lastKey() + 1;
    }

    List<FunctionCall> whole() {
        return calls.values().stream()
                .map(call -> new FunctionCall(call.id.toString(), call.name.toString(), call.arguments.toString()))
                .toList();
    }
}
