package io.exai.server.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.server.script.InputRequest;
import io.exai.server.session.SessionCommand.Respond;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** What running calls have asked their client for and not got yet. Not kept over a restart: the calls ask again. */
final class Rounds {
    private final Map<String, Round> byCall = new HashMap<>();
    private final Map<String, Pending> byId = new HashMap<>();

    /** Ids are numbers, which LangChain4j needs, that JavaScript can hold, and that no life before this one has used. */
    private static final long LARGEST_ID = 1L << 53;

    /** One request of ours that is under way. */
    private record Pending(String call, String key) {}

    /** What one call waits for: requests by key, those under way by our id, and what has come in. */
    static final class Round {
        private final Map<String, InputRequest> requests;
        private final Map<String, String> ids = new LinkedHashMap<>();
        private final Map<String, JsonNode> inputs = new LinkedHashMap<>();
        private final @Nullable String state;

        private Round(Map<String, InputRequest> requests, @Nullable String state) {
            this.requests = new LinkedHashMap<>(requests);
            this.state = state;
        }

        Map<String, JsonNode> inputs() {
            return inputs;
        }

        @Nullable
        String state() {
            return state;
        }

        boolean isComplete() {
            return requests.isEmpty();
        }

        /** What is still wanted, as MCP writes input requests. */
        ObjectNode wanted() {
            return InputRequest.toJson(requests);
        }
    }

    Round open(String call, Map<String, InputRequest> requests, @Nullable String state) {
        close(call);
        Round round = new Round(requests, state);
        byCall.put(call, round);
        return round;
    }

    /** Whether that call waits for its client. */
    boolean isOpen(String call) {
        return byCall.containsKey(call);
    }

    Optional<Round> find(String call) {
        return Optional.ofNullable(byCall.get(call));
    }

    /** The requests of a call that are not answered, by our ids; each is given an id once. */
    Map<String, InputRequest> toSend(String call) {
        Map<String, InputRequest> sending = new LinkedHashMap<>();
        Round round = byCall.get(call);
        if (round != null) {
            round.requests.forEach((key, request) -> sending.put(
                    round.ids.computeIfAbsent(key, asked -> {
                        String id = String.valueOf(ThreadLocalRandom.current().nextLong(1, LARGEST_ID));
                        byId.put(id, new Pending(call, asked));
                        return id;
                    }),
                    request));
        }
        return sending;
    }

    /** The call that an answer is for; empty when nobody waits for it. */
    Optional<String> callOf(Respond answer) {
        return Optional.ofNullable(byId.get(answer.id())).map(Pending::call);
    }

    /** Takes the result of one request. */
    void take(Respond answer, JsonNode result) {
        Pending pending = byId.remove(answer.id());
        if (pending != null) {
            give(pending.call(), pending.key(), result);
        }
    }

    /** Takes one input by its key; one that nobody asked for is ignored. */
    void give(String call, String key, JsonNode result) {
        Round round = byCall.get(call);
        if (round != null && round.requests.remove(key) != null) {
            round.inputs.put(key, result);
        }
    }

    void close(String call) {
        Round round = byCall.remove(call);
        if (round != null) {
            round.ids.values().forEach(byId::remove);
        }
    }

    void closeAll() {
        byCall.clear();
        byId.clear();
    }
}
