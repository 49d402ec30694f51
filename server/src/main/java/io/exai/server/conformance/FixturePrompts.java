package io.exai.server.conformance;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.json.WireJson;
import io.exai.server.prompt.Prompt;
import io.exai.server.prompt.PromptArgument;
import io.exai.server.prompt.PromptBook;
import io.exai.server.script.Invocation;
import io.exai.server.script.Script;
import io.exai.server.script.Step;
import java.util.List;
import java.util.Map;

/** The prompts that the suite asks for. */
final class FixturePrompts {
    private FixturePrompts() {}

    static PromptBook book() {
        return PromptBook.of(List.of(
                fixed("test_simple_prompt", "One text.", List.of(Blocks.text("This is a simple prompt for testing."))),
                fixed(
                        "test_prompt_with_image",
                        "An image and a text.",
                        List.of(Blocks.image(), Blocks.text("Please analyze the image above."))),
                prompt(
                        "test_prompt_with_arguments",
                        "Repeats its arguments.",
                        List.of(
                                PromptArgument.required("arg1", "First test argument"),
                                PromptArgument.required("arg2", "Second test argument")),
                        FixturePrompts::repeat),
                prompt(
                        "test_prompt_with_embedded_resource",
                        "A resource and a text.",
                        List.of(PromptArgument.required("resourceUri", "URI of the resource")),
                        FixturePrompts::embed),
                prompt(
                        "test_input_required_result_prompt",
                        "Asks before it answers.",
                        List.of(),
                        FixturePrompts::ask)));
    }

    /** The same messages whoever asks. */
    static Prompt fixed(String name, String description, List<ObjectNode> blocks) {
        return prompt(name, description, List.of(), invocation -> List.of(messages(blocks)));
    }

    private static Prompt prompt(String name, String description, List<PromptArgument> arguments, Script script) {
        return new Prompt(name, name, description, arguments, script);
    }

    private static List<Step> repeat(Invocation invocation) {
        String first = invocation.arguments().path("arg1").asText();
        String second = invocation.arguments().path("arg2").asText();
        return List.of(
                messages(List.of(Blocks.text("Prompt with arguments: arg1='" + first + "', arg2='" + second + "'"))));
    }

    private static List<Step> embed(Invocation invocation) {
        String uri = invocation.arguments().path("resourceUri").asText();
        return List.of(messages(List.of(
                Blocks.resource(uri, "text/plain", "Embedded resource content for testing."),
                Blocks.text("Please process the embedded resource above."))));
    }

    private static List<Step> ask(Invocation invocation) {
        return List.of(Asking.filled(invocation, "user_context", "context")
                .map(context -> messages(List.of(Blocks.text("Use this context: " + context.asText()))))
                .orElseGet(() -> new Step.Ask(
                        Map.of(
                                "user_context",
                                Asking.field("What context should the prompt use?", "context", "string")),
                        null)));
    }

    private static Step messages(List<ObjectNode> blocks) {
        ObjectNode result = WireJson.object();
        ArrayNode messages = result.putArray("messages");
        blocks.forEach(block -> messages.addObject().put("role", "user").set("content", block));
        return new Step.Complete(result);
    }
}
