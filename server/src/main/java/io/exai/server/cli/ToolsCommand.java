package io.exai.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.exai.protocol.json.WireJson;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists the tools of a running daemon. */
@Command(name = "tools", description = "List the tools of a running daemon.")
final class ToolsCommand implements Callable<Integer> {
    @Mixin
    private ClientOptions daemon;

    @Option(names = "--json", description = "Print names, descriptions and schemas as JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        try (McpClient client = daemon.connect()) {
            JsonNode tools = client.request("tools/list", WireJson.object(), Duration.ofSeconds(30), progress -> {})
                    .path("tools");
            if (json) {
                out.println(tools.toPrettyString());
            } else {
                tools.forEach(tool -> out.printf(
                        "%-12s %s%n",
                        tool.path("name").asText(), tool.path("description").asText()));
            }
        }
        return 0;
    }
}
