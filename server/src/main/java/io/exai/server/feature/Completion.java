package io.exai.server.feature;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.json.WireJson;
import io.exai.server.prompt.Prompt;
import io.exai.server.prompt.PromptArgument;
import io.exai.server.resource.ResourceTemplate;
import io.exai.server.tool.Tool;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * {@code completion/complete}: values that begin with what was typed, then those that contain it.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2025-11-25/server/utilities/completion">MCP,
 *     completion</a>
 */
final class Completion {
    private static final int MOST_VALUES = 100;

    private final FeatureParts parts;

    Completion(FeatureParts parts) {
        this.parts = parts;
    }

    ObjectNode answer(ObjectNode params, Asker asker) throws Refusal {
        JsonNode ref = params.path("ref");
        String argument = Params.text(params.path("argument"), "name", "argument.name");
        String typed = Params.text(params.path("argument"), "value", "argument.value");
        List<String> candidates = switch (ref.path("type").asText()) {
            case "ref/prompt" -> ofPrompt(Params.text(ref, "name", "ref.name"), argument);
            case "ref/resource" -> ofResource(Params.text(ref, "uri", "ref.uri"), argument);
            default -> throw Refusal.of("ref.type", ref.path("type"), "ref/prompt or ref/resource");
        };
        return result(matches(candidates, typed));
    }

    private List<String> ofPrompt(String name, String argumentName) throws Refusal {
        Prompt prompt = parts.prompts()
                .find(name)
                .orElseThrow(() -> Refusal.invalid(parts.prompts().unknown(name)));
        PromptArgument argument = prompt.argument(argumentName)
                .orElseThrow(() -> Refusal.unknown(argumentName, "an argument of " + name));
        return switch (argument.completes()) {
            case "models" -> models();
            case "tools" -> parts.toolbox().all().stream().map(Tool::name).toList();
            default -> argument.values();
        };
    }

    private List<String> ofResource(String uri, String variable) throws Refusal {
        ResourceTemplate template = parts.resources()
                .template(uri)
                .orElseThrow(() -> Refusal.unknown(uri, "the uriTemplate of a resource template"));
        if (!template.address().variable().equals(variable)) {
            throw Refusal.unknown(variable, template.address().variable());
        }
        return template.names().get();
    }

    private List<String> models() {
        return Stream.concat(
                        Stream.of("auto"), parts.catalogue().models().stream().map(model -> model.name()))
                .toList();
    }

    private static List<String> matches(List<String> candidates, String typed) {
        String wanted = typed.toLowerCase(Locale.ROOT);
        return Stream.concat(
                        candidates.stream().filter(value -> fold(value).startsWith(wanted)),
                        candidates.stream().filter(value -> fold(value).indexOf(wanted) > 0))
                .distinct()
                .toList();
    }

    private static String fold(String value) {
        return value.toLowerCase(Locale.ROOT);
    }

    private static ObjectNode result(List<String> matches) {
        ObjectNode body = WireJson.object();
        ObjectNode completion = body.putObject("completion");
        ArrayNode values = completion.putArray("values");
        matches.stream().limit(MOST_VALUES).forEach(values::add);
        completion.put("total", matches.size()).put("hasMore", matches.size() > MOST_VALUES);
        return body;
    }
}
