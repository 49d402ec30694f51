package io.exai.server.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.exai.protocol.jsonrpc.RpcError;
import io.exai.protocol.mcp.Meta;
import io.exai.server.script.Invocation;
import io.exai.server.script.Step;
import io.exai.server.tool.Policy;
import io.exai.server.tool.TaskUse;
import io.exai.server.tool.Tool;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Tools whose calls are, may be, or are never tasks. */
final class TaskTools {
    private static final String NEEDS_TASKS = "{\"extensions\":{\"" + Meta.TASKS + "\":{}}}";

    private TaskTools() {}

    static List<Tool> all() {
        return List.of(
                Fixture.tool(
                        "greet",
                        "Greets at once; never a task.",
                        "{\"type\":\"object\",\"properties\":{\"name\":{\"type\":\"string\"}},\"required\":[\"name\"]}",
                        Fixture.policy(),
                        invocation -> List.of(Blocks.complete(
                                "Hello, " + invocation.arguments().path("name").asText() + "!"))),
                Fixture.tool("slow_compute", "Takes its time.", """
                        {"type":"object","properties":{"seconds":{"type":"number","minimum":0,"maximum":240},
                         "label":{"type":"string"}},"required":["seconds"]}
                        """, optional(), TaskTools::slowly),
                Fixture.tool(
                        "failing_job",
                        "Fails after a second; always a task.",
                        Fixture.NO_ARGUMENTS,
                        required(TaskUse.REQUIRED),
                        invocation -> List.of(
                                new Step.Pause(Duration.ofSeconds(1)),
                                Blocks.failure("The job failed, as it should."))),
                Fixture.tool(
                        "protocol_error_job",
                        "Breaks.",
                        Fixture.NO_ARGUMENTS,
                        optional(),
                        invocation -> List.of(
                                new Step.Pause(Duration.ofMillis(200)),
                                new Step.Reject(RpcError.of(RpcError.INTERNAL_ERROR, "The job broke, as it should.")))),
                Fixture.tool(
                        "confirm_delete",
                        "Asks before it pretends to delete.",
                        "{\"type\":\"object\",\"properties\":{\"filename\":{\"type\":\"string\"}},"
                                + "\"required\":[\"filename\"]}",
                        optional(),
                        TaskTools::confirm),
                Fixture.tool("multi_input", "Asks twice at once.", Fixture.NO_ARGUMENTS, optional(), TaskTools::two),
                Fixture.tool(
                        "test_tool_with_task",
                        "Asks for a name and is a task then.",
                        Fixture.NO_ARGUMENTS,
                        required(TaskUse.AFTER_INPUT),
                        TaskTools::named));
    }

    private static Policy optional() {
        return Fixture.policy().withTask(TaskUse.OPTIONAL);
    }

    private static Policy required(TaskUse use) {
        return Fixture.policy().withTask(use).requiring(Fixture.json(NEEDS_TASKS));
    }

    private static List<Step> slowly(Invocation invocation) {
        double seconds = invocation.arguments().path("seconds").asDouble();
        String label = invocation.arguments().path("label").asText("unnamed");
        return List.of(
                new Step.Pause(Duration.ofMillis(Math.round(seconds * 1000))),
                Blocks.complete("Computed " + label + " in " + seconds + " s."));
    }

    private static List<Step> confirm(Invocation invocation) {
        String file = invocation.arguments().path("filename").asText();
        return new Question(
                        Map.of("confirm", Asking.field("Delete " + file + "?", "confirm", "boolean")),
                        null,
                        given -> Asking.filled(given, "confirm", "confirm")
                                .map(JsonNode::asBoolean)
                                .map(yes -> Blocks.complete((yes ? "Deleted " : "Kept ") + file)))
                .next(invocation);
    }

    private static List<Step> two(Invocation invocation) {
        return new Question(
                        Map.of(
                                "first", Asking.field("First name?", "name", "string"),
                                "second", Asking.field("Second name?", "name", "string")),
                        null,
                        given -> Asking.filled(given, "first", "name")
                                .flatMap(first -> Asking.filled(given, "second", "name")
                                        .map(second -> Blocks.complete(first.asText() + " and " + second.asText()))))
                .next(invocation);
    }

    private static List<Step> named(Invocation invocation) {
        return new Question(
                        Map.of("user_name", Asking.field("What is your name?", "name", "string")),
                        null,
                        given -> Asking.filled(given, "user_name", "name")
                                .map(name -> Blocks.complete("Done for " + name.asText() + ".")))
                .next(invocation);
    }
}
