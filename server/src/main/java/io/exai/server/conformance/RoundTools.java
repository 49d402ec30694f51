package io.exai.server.conformance;

import io.exai.server.script.InputRequest;
import io.exai.server.script.Invocation;
import io.exai.server.script.Script;
import io.exai.server.script.Step;
import io.exai.server.tool.Tool;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Tools that ask their client in rounds, as 2026-07-28 has them. */
final class RoundTools {
    private static final String PREFIX = "test_input_required_result_";
    private static final String STATE = "first-round";
    private static final InputRequest NAME = Asking.field("What is your name?", "name", "string");
    private static final InputRequest CONFIRM = Asking.field("Please confirm", "ok", "boolean");

    private RoundTools() {}

    static List<Tool> all() {
        return List.of(
                Fixture.tool(PREFIX + "elicitation", "Asks for a name.", greeting()),
                Fixture.tool("test_streaming_elicitation", "Asks for a name on a stream.", greeting()),
                Fixture.tool(
                        PREFIX + "sampling",
                        "Asks the client's model.",
                        new Question(
                                Map.of("capital_question", Asking.sampling("What is the capital of France?", 100)),
                                null,
                                given -> Asking.sampled(given, "capital_question")
                                        .map(Blocks::complete))),
                Fixture.tool(
                        PREFIX + "list_roots",
                        "Asks for the roots.",
                        new Question(
                                Map.of("client_roots", Asking.roots()),
                                null,
                                given -> Asking.rooted(given, "client_roots")
                                        .map(roots -> Blocks.complete("Roots: " + roots)))),
                Fixture.tool(PREFIX + "request_state", "Asks, with a state that must come back.", confirmation()),
                Fixture.tool(PREFIX + "tampered_state", "Asks, with a state that must come back.", confirmation()),
                Fixture.tool(PREFIX + "multiple_inputs", "Asks for three things at once.", three()),
                Fixture.tool(PREFIX + "multi_round", "Asks twice.", RoundTools::twice),
                Fixture.tool(PREFIX + "capabilities", "Asks for what the client can.", RoundTools::whatItCan),
                Fixture.tool(
                        "test_missing_capability",
                        "Needs a client that samples.",
                        Fixture.NO_ARGUMENTS,
                        Fixture.policy().requiring(Fixture.json("{\"sampling\":{}}")),
                        invocation -> List.of(Blocks.complete("The client can sample."))));
    }

    private static Script greeting() {
        return new Question(Map.of("user_name", NAME), null, given -> hello(given, ""));
    }

    private static Optional<Step> hello(Invocation given, String more) {
        return Asking.filled(given, "user_name", "name")
                .filter(name -> name.isTextual())
                .map(name -> Blocks.complete("Hello, " + name.asText() + "!" + more));
    }

    private static Script confirmation() {
        return new Question(
                Map.of("confirm", CONFIRM),
                STATE,
                given ->
                        Asking.filled(given, "confirm", "ok").map(ok -> Blocks.complete("state-ok, confirmed: " + ok)));
    }

    private static Script three() {
        return new Question(
                Map.of(
                        "user_name", NAME,
                        "greeting", Asking.sampling("Generate a greeting", 50),
                        "client_roots", Asking.roots()),
                STATE,
                given -> Asking.sampled(given, "greeting")
                        .flatMap(greeting -> Asking.rooted(given, "client_roots")
                                .flatMap(roots -> hello(given, " " + greeting + " Roots: " + roots))));
    }

    /** The state is empty, then {@code 1}, then {@code 2} and the name. */
    private static List<Step> twice(Invocation invocation) {
        String state = invocation.state() == null ? "" : invocation.state();
        if (state.startsWith("2 ")) {
            String name = state.substring(2);
            return new Question(
                            Map.of("step2", Asking.field("Step 2: What is your favorite color?", "color", "string")),
                            state,
                            given -> Asking.filled(given, "step2", "color")
                                    .map(color -> Blocks.complete(name + " likes " + color.asText() + ".")))
                    .next(invocation);
        }
        return new Question(
                        Map.of("step1", Asking.field("Step 1: What is your name?", "name", "string")),
                        "1",
                        given -> Asking.filled(given, "step1", "name").map(name -> second(name.asText())))
                .next(invocation);
    }

    private static Step second(String name) {
        return new Step.Ask(
                Map.of("step2", Asking.field("Step 2: What is your favorite color?", "color", "string")), "2 " + name);
    }

    private static List<Step> whatItCan(Invocation invocation) {
        Map<String, InputRequest> requests = new TreeMap<>(Map.of(
                "user_name", NAME,
                "greeting", Asking.sampling("Generate a greeting", 50),
                "client_roots", Asking.roots()));
        requests.values().removeIf(request -> !Question.can(invocation, request));
        boolean complete = invocation.inputs().keySet().containsAll(requests.keySet());
        return List.of(
                complete
                        ? Blocks.complete("Asked for: " + String.join(", ", requests.keySet()))
                        : new Step.Ask(requests, null));
    }
}
