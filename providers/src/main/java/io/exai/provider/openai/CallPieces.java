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

    /** Takes what one delta adds; id and name come once, with the first piece of a call. */
    void add(JsonNode delta) {
        for (JsonNode call : delta.path("tool_calls")) {
            Pieces pieces = calls.computeIfAbsent(call.path("index").asInt(calls.size()), index -> new Pieces());
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

    List<FunctionCall> whole() {
        return calls.values().stream()
                .map(call -> new FunctionCall(call.id.toString(), call.name.toString(), call.arguments.toString()))
                .toList();
    }
}
