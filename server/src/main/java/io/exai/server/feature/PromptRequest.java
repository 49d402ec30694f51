package io.exai.server.feature;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.json.WireJson;
import io.exai.protocol.mcp.Methods;
import io.exai.server.prompt.Prompt;
import io.exai.server.prompt.PromptArgument;
import io.exai.server.script.Step;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@code prompts/get}: checks the arguments and asks the script. Steps that need a running call are passed over. */
final class PromptRequest {
    /** Longest value of an argument, in characters. */
    static final int LONGEST_VALUE = 100_000;

    private final FeatureParts parts;

    PromptRequest(FeatureParts parts) {
        this.parts = parts;
    }

    ObjectNode answer(ObjectNode params, Asker asker) throws Refusal {
        String name = Params.text(params, "name", "name");
        Prompt prompt = parts.prompts()
                .find(name)
                .orElseThrow(() -> Refusal.invalid(parts.prompts().unknown(name)));
        ObjectNode arguments = arguments(prompt, params.path("arguments"));
        InputRound round = new InputRound(parts.seal(), asker, Methods.PROMPTS_GET + " " + name, arguments);
        for (Step step : prompt.script().next(round.invocation(params))) {
            if (step instanceof Step.Announce announce) {
                parts.announcer().accept(announce.change());
            } else if (step instanceof Step.Ask ask) {
                return round.ask(ask);
            } else if (step instanceof Step.Complete complete) {
                return complete.result();
            } else if (step instanceof Step.Reject reject) {
                throw new Refusal(
                        reject.error().code(),
                        reject.error().message(),
                        reject.error().data());
            }
        }
        throw new IllegalStateException(name + " ended without an answer");
    }

    /** In order of their names, so that the same arguments are the same text. */
    private static ObjectNode arguments(Prompt prompt, JsonNode given) throws Refusal {
        if (!given.isMissingNode() && !given.isObject()) {
            throw Refusal.of("arguments", given, "an object");
        }
        Map<String, JsonNode> sorted = new TreeMap<>();
        given.properties().forEach(argument -> sorted.put(argument.getKey(), argument.getValue()));
        for (Map.Entry<String, JsonNode> argument : sorted.entrySet()) {
            String name = argument.getKey();
            check(
                    prompt.argument(name).orElseThrow(() -> Refusal.unknown("arguments." + name, names(prompt))),
                    argument.getValue());
        }
        for (PromptArgument argument : prompt.arguments()) {
            if (argument.required() && !sorted.containsKey(argument.name())) {
                throw Refusal.of("arguments." + argument.name(), given.path(argument.name()), "a text");
            }
        }
        ObjectNode arguments = WireJson.object();
        arguments.setAll(sorted);
        return arguments;
    }

    private static void check(PromptArgument argument, JsonNode value) throws Refusal {
        String field = "arguments." + argument.name();
        if (!value.isTextual()) {
            throw Refusal.of(field, value, "a text");
        }
        String text = value.textValue();
        if (text.length() > LONGEST_VALUE) {
            throw Refusal.invalid(
                    field + ": " + text.length() + " characters (expected: at most " + LONGEST_VALUE + ")");
        }
        if (argument.required() && text.isBlank()) {
            throw Refusal.of(field, value, "a text");
        }
        if (!argument.values().isEmpty()
                && !text.isEmpty()
                && !argument.values().contains(text)) {
            throw Refusal.of(field, value, "one of " + String.join(", ", argument.values()));
        }
    }

    private static String names(Prompt prompt) {
        List<String> names =
                prompt.arguments().stream().map(PromptArgument::name).toList();
        return names.isEmpty() ? "no arguments" : "one of " + String.join(", ", names);
    }
}
