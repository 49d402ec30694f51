package io.exai.server.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.json.WireJson;
import io.exai.protocol.jsonrpc.RpcError;
import io.exai.protocol.mcp.ToolDescription;
import io.exai.protocol.mcp.ToolTraits;
import io.exai.server.script.InputRequest;
import io.exai.server.script.Invocation;
import io.exai.server.script.Script;
import io.exai.server.script.Step;
import io.exai.server.tool.Policy;
import io.exai.server.tool.TaskUse;
import io.exai.server.tool.Tool;
import io.exai.server.tool.ToolAnswer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Tools that take steps a test can follow: they ask, log, wait, reject. */
final class ScriptedTools {
    /** How long {@code slow} takes, and {@code name} once it has what it asked for. */
    static final Duration WORK = Duration.ofSeconds(20);

    private static final Policy POLICY = Policy.durable(Duration.ofMinutes(2)).withTask(TaskUse.OPTIONAL);

    private ScriptedTools() {}

    static List<Tool> all() {
        return List.of(
                tool("name", POLICY, invocation -> asking(invocation, "name")),
                tool("names", POLICY, invocation -> asking(invocation, "first", "second")),
                tool("slow", POLICY, invocation -> List.of(new Step.Pause(WORK), said("slept"))),
                tool("once", once(), invocation -> List.of(new Step.Pause(WORK), said("slept"))),
                tool("logs", POLICY, invocation -> List.of(log("debug"), log("info"), log("error"), said("logged"))),
                tool("silent", POLICY, invocation -> List.of()),
                tool(
                        "closing",
                        POLICY,
                        invocation -> List.of(new Step.CloseStream(), new Step.Pause(WORK), said("closed"))),
                tool("rejects", POLICY, invocation -> List.of(new Step.Reject(RpcError.of(-32001, "as told")))));
    }

    private static Policy once() {
        return new Policy(true, false, Duration.ofMinutes(2), TaskUse.OPTIONAL, WireJson.object());
    }

    private static Tool tool(String name, Policy policy, Script script) {
        ObjectNode schema = WireJson.object().put("type", "object");
        return Tool.scripted(
                new ToolDescription(name, name, "For tests.", schema, ToolTraits.of(true, false)), policy, script);
    }

    /** Asks for these at once, then works, then tells what it was given. */
    private static List<Step> asking(Invocation invocation, String... keys) {
        Map<String, InputRequest> requests = new TreeMap<>();
        for (String key : keys) {
            requests.put(
                    key,
                    new InputRequest("elicitation/create", WireJson.object().put("message", key)));
        }
        if (!invocation.inputs().keySet().containsAll(requests.keySet())) {
            return List.of(new Step.Ask(requests, "the state"));
        }
        List<String> given = new ArrayList<>();
        for (String key : keys) {
            given.add(text(invocation.inputs().get(key)));
        }
        return List.of(new Step.Pause(WORK), said(String.join(" ", given) + ", " + invocation.state()));
    }

    private static String text(@org.jspecify.annotations.Nullable JsonNode input) {
        return input == null ? "" : input.path("content").path("value").asText();
    }

    private static Step.Log log(String level) {
        return new Step.Log(level, "test", WireJson.text(level));
    }

    private static Step.Complete said(String text) {
        return new Step.Complete(ToolAnswer.text(text));
    }
}
