package io.exai.server.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.exai.protocol.mcp.Methods;
import io.exai.server.script.InputRequest;
import io.exai.server.script.Invocation;
import io.exai.server.script.Script;
import io.exai.server.script.Step;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Asks the client until what it gives makes an answer, or it declines.
 *
 * @param requests by key
 * @param state that must come back; null for none
 * @param end of the round, once the inputs suffice
 */
record Question(
        Map<String, InputRequest> requests, @Nullable String state, Function<Invocation, Optional<Step>> end)
        implements Script {
    private static final Map<String, String> CAPABILITIES = Map.of(
            Methods.ELICIT, "elicitation",
            Methods.CREATE_MESSAGE, "sampling",
            Methods.ROOTS_LIST, "roots");

    @Override
    public List<Step> next(Invocation invocation) {
        if (state == null || state.equals(invocation.state())) {
            Optional<Step> done = end.apply(invocation).or(() -> declined(invocation));
            if (done.isPresent()) {
                return List.of(done.get());
            }
        }
        return List.of(missing(invocation)
                .<Step>map(capability -> Blocks.failure("The client does not support " + capability))
                .orElseGet(() -> new Step.Ask(new TreeMap<>(requests), state)));
    }

    /** Whether the client can be asked for that. */
    static boolean can(Invocation invocation, InputRequest request) {
        return invocation.can(CAPABILITIES.getOrDefault(request.method(), request.method()));
    }

    private Optional<String> missing(Invocation invocation) {
        return requests.values().stream()
                .filter(request -> !can(invocation, request))
                .map(request -> CAPABILITIES.getOrDefault(request.method(), request.method()))
                .findFirst();
    }

    private Optional<Step> declined(Invocation invocation) {
        return requests.keySet().stream()
                .filter(key -> isDeclined(invocation.inputs().get(key)))
                .findFirst()
                .map(key -> Blocks.complete("The client declined: " + key));
    }

    private static boolean isDeclined(@Nullable JsonNode input) {
        String action = input == null ? "" : input.path("action").asText();
        return action.equals("decline") || action.equals("cancel");
    }
}
