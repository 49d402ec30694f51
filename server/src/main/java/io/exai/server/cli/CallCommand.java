package io.exai.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.json.MalformedJson;
import io.exai.protocol.json.WireJson;
import io.exai.protocol.mcp.Meta;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Calls one tool of a running daemon. */
@Command(
        name = "call",
        description = "Call a tool of a running daemon and print its answer; progress goes to standard error.",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:the tool answered", "1:the tool or the connection failed", "2:wrong usage"})
final class CallCommand implements Callable<Integer> {
    @Mixin
    private ClientOptions daemon;

    @Parameters(index = "0", paramLabel = "TOOL", description = "Name of the tool, as in: exai tools.")
    private String tool = "";

    @Parameters(
            index = "1",
            paramLabel = "JSON",
            arity = "0..1",
            description = "Arguments as a JSON object, such as '{\"prompt\":\"Hello\"}'.")
    private String arguments = "{}";

    @Option(names = "--json", description = "Print the whole result as JSON.")
    private boolean json;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description = "How long to wait for the answer (default: ${DEFAULT-VALUE}).",
            defaultValue = "450")
    private int timeout = 450;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        ObjectNode params = WireJson.object().put("name", tool);
        params.set("arguments", parsed());
        params.putObject(Meta.FIELD).put(Meta.PROGRESS_TOKEN, "call");
        PrintWriter err = spec.commandLine().getErr();
        try (McpClient client = daemon.connect()) {
            boolean[] shown = {false};
            JsonNode result = client.request("tools/call", params, Duration.ofSeconds(timeout), text -> {
                err.print(text.isEmpty() ? "." : text);
                err.flush();
                shown[0] = true;
            });
            if (shown[0]) {
                err.println();
            }
            print(result);
            return result.path("isError").asBoolean() ? 1 : 0;
        }
    }

    private ObjectNode parsed() {
        try {
            if (WireJson.parse(arguments) instanceof ObjectNode object) {
                return object;
            }
        } catch (MalformedJson broken) {
            throw new ParameterException(spec.commandLine(), "JSON: " + broken.getMessage(), broken);
        }
        throw new ParameterException(spec.commandLine(), "JSON: " + arguments + " (expected: a JSON object)");
    }

    private void print(JsonNode result) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(result.toPrettyString());
            return;
        }
        result.path("content")
                .forEach(block ->
                        out.println(block.has("text") ? block.get("text").asText() : block.toString()));
    }
}
