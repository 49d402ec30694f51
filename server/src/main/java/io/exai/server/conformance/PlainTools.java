package io.exai.server.conformance;

import com.fasterxml.jackson.databind.node.TextNode;
import io.exai.server.script.Step;
import io.exai.server.tool.Tool;
import java.time.Duration;
import java.util.List;

/** Tools that ask nobody: contents, errors, progress, logs, streams, schemas. */
final class PlainTools {
    private static final Duration SHORT = Duration.ofMillis(50);

    /** As the suite has it, to see whether all of it comes through. */
    private static final String SCHEMA_2020_12 = """
            {"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object",
             "$defs":{"address":{"$anchor":"addressDef","type":"object",
              "properties":{"street":{"type":"string"},"city":{"type":"string"}}}},
             "properties":{"name":{"type":"string"},"address":{"$ref":"#/$defs/address"},
              "contactMethod":{"type":"string","enum":["phone","email"]},
              "phone":{"type":"string"},"email":{"type":"string"}},
             "allOf":[{"anyOf":[{"required":["phone"]},{"required":["email"]}]}],
             "if":{"properties":{"contactMethod":{"const":"phone"}},"required":["contactMethod"]},
             "then":{"required":["phone"]},"else":{"required":["email"]},"additionalProperties":false}
            """;

    private static final String REGION = """
            {"type":"object","properties":{"region":{"type":"string","x-mcp-header":"Region",
             "description":"Repeated in the header Mcp-Param-Region."}}}
            """;

    private PlainTools() {}

    static List<Tool> all() {
        return List.of(
                Fixture.fixed(
                        "about",
                        "Tells what this is; first of the list.",
                        Blocks.complete("The conformance fixtures.")),
                Fixture.fixed(
                        "test_simple_text",
                        "Answers with a text.",
                        Blocks.complete("This is a simple text response for testing.")),
                Fixture.fixed("test_image_content", "Answers with an image.", Blocks.complete(List.of(Blocks.image()))),
                Fixture.fixed("test_audio_content", "Answers with a sound.", Blocks.complete(List.of(Blocks.audio()))),
                embedded(),
                mixed(),
                Fixture.fixed(
                        "test_error_handling",
                        "Fails.",
                        Blocks.failure("This tool intentionally returns an error for testing")),
                progress(),
                logging(),
                Fixture.fixed(
                        "test_logging_tool",
                        "Logs, to who asked for it.",
                        log("Logging tool called"),
                        Blocks.complete("Logged.")),
                Fixture.fixed(
                        "test_reconnection",
                        "Closes its stream before it answers.",
                        new Step.CloseStream(),
                        new Step.Pause(Duration.ofMillis(100)),
                        Blocks.complete("Answered after the stream was closed.")),
                Fixture.tool(
                        "json_schema_2020_12_tool",
                        "Has a schema with keywords of JSON Schema 2020-12.",
                        SCHEMA_2020_12,
                        Fixture.policy(),
                        invocation -> List.of(Blocks.complete("Arguments: " + invocation.arguments()))),
                Fixture.tool(
                        "test_x_mcp_header",
                        "Has an argument that is a header, too.",
                        REGION,
                        Fixture.policy(),
                        invocation -> List.of(Blocks.complete("Region: "
                                + invocation.arguments().path("region").asText("none")))));
    }

    private static Tool embedded() {
        return Fixture.fixed(
                "test_embedded_resource",
                "Answers with a resource.",
                Blocks.complete(List.of(Blocks.resource(
                        "test://embedded-resource", "text/plain", "This is an embedded resource content."))));
    }

    private static Tool mixed() {
        return Fixture.fixed(
                "test_multiple_content_types",
                "Answers with a text, an image and a resource.",
                Blocks.complete(List.of(
                        Blocks.text("Multiple content types test:"),
                        Blocks.image(),
                        Blocks.resource(
                                "test://mixed-content-resource",
                                "application/json",
                                "{\"test\":\"data\",\"value\":123}"))));
    }

    private static Tool progress() {
        return Fixture.fixed(
                "test_tool_with_progress",
                "Shows its progress.",
                new Step.Progress(0, 100.0, "Begun"),
                new Step.Pause(SHORT),
                new Step.Progress(50, 100.0, "Half way"),
                new Step.Pause(SHORT),
                new Step.Progress(100, 100.0, "Done"),
                new Step.Pause(SHORT),
                Blocks.complete("Progress shown."));
    }

    private static Tool logging() {
        return Fixture.fixed(
                "test_tool_with_logging",
                "Logs what it does.",
                log("Tool execution started"),
                new Step.Pause(SHORT),
                log("Tool processing data"),
                new Step.Pause(SHORT),
                log("Tool execution completed"),
                Blocks.complete("Three messages logged."));
    }

    private static Step.Log log(String message) {
        return new Step.Log("info", "conformance", TextNode.valueOf(message));
    }
}
