package io.exai.server.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.json.MalformedJson;
import io.exai.protocol.json.WireJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** Messages of a client that knows its session: it names tasks and requests that are there, and every third message is off. */
final class DeepMessages {
    private static final List<String> REQUESTS = List.of(
            "tools/call {'name':'test_simple_text','arguments':{}}",
            "tools/call {'name':'test_elicitation','arguments':{'message':'Who?'}}",
            "tools/call {'name':'test_sampling','arguments':{'prompt':'Capital?'}}",
            "tools/call {'name':'test_input_required_result_multi_round','arguments':{}}",
            "tools/call {'name':'test_input_required_result_list_roots','arguments':{}}",
            "tools/call {'name':'test_tool_with_progress','arguments':{},'_meta':{'progressToken':'p'}}",
            "tools/call {'name':'test_tool_with_logging','arguments':{}}",
            "tools/call {'name':'test_error_handling','arguments':{}}",
            "tools/call {'name':'slow_compute','arguments':{'seconds':0.2,'label':'l'}}",
            "tools/call {'name':'slow_compute','arguments':{'seconds':0.2},'task':{'ttl':1000}}",
            "tools/call {'name':'confirm_delete','arguments':{'filename':'f'},'task':{'ttl':1000}}",
            "tools/call {'name':'protocol_error_job','arguments':{},'task':{'ttl':1000}}",
            "tools/call {'name':'test_trigger_tool_change','arguments':{}}",
            "tools/call {'name':'no_such_tool','arguments':{}}",
            "tools/list {}",
            "prompts/get {'name':'test_prompt_with_arguments','arguments':{'arg1':'a','arg2':'b'}}",
            "resources/read {'uri':'test://template/7/data'}",
            "resources/subscribe {'uri':'test://watched-resource'}",
            "resources/unsubscribe {'uri':'test://watched-resource'}",
            "completion/complete {'ref':{'type':'ref/prompt','name':'test_prompt_with_arguments'},"
                    + "'argument':{'name':'arg1','value':'a'}}",
            "logging/setLevel {'level':'debug'}",
            "tasks/list {}",
            "subscriptions/listen {'notifications':{'toolsListChanged':true}}",
            "ping {}");
    private static final List<String> TASKS = List.of("tasks/get", "tasks/result", "tasks/cancel", "tasks/update");
    private static final List<String> ANSWERS = List.of(
            "'result':{'action':'accept','content':{'username':'ada','email':'a@b.c','name':'Ada','confirm':true}}",
            "'result':{'action':'decline'}",
            "'result':{'model':'m','role':'assistant','content':{'type':'text','text':'Paris'}}",
            "'result':{'roots':[{'uri':'file:///work'}]}",
            "'result':{}",
            "'error':{'code':-1,'message':'no'}");
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "7",
            "-1",
            "1.5",
            "''",
            "'x'",
            "{}",
            "[]",
            "{'a':{'b':[1]}}",
            "'\\u0000'",
            "1e300",
            "[[[]]]");
    private static final int KEPT = 50;

    private final Random random;
    private final List<String> tasks = new ArrayList<>();
    private final List<JsonNode> asked = new ArrayList<>();
    private int last;

    DeepMessages(Random random) {
        this.random = random;
    }

    /** Reads along what the daemon says. */
    synchronized void heard(String text) {
        try {
            JsonNode message = WireJson.parse(text);
            if (message.has("method") && message.has("id")) {
                keep(asked, message.get("id"));
            }
            JsonNode task = message.findValue("taskId");
            if (task != null) {
                keep(tasks, task.asText());
            }
        } catch (MalformedJson broken) {
            throw new AssertionError(text, broken);
        }
    }

    private static <T> void keep(List<T> list, T one) {
        list.add(one);
        if (list.size() > KEPT) {
            list.remove(0);
        }
    }

    synchronized ObjectNode next(boolean modern) {
        int kind = random.nextInt(100);
        ObjectNode message;
        if (kind < 15 && !asked.isEmpty()) {
            message = json("{" + pick(ANSWERS) + "}").put("jsonrpc", "2.0");
            message.set("id", asked.remove(random.nextInt(asked.size())));
        } else if (kind < 25) {
            message = json("{'jsonrpc':'2.0','method':'notifications/cancelled','params':{'requestId':"
                    + Math.max(1, last - random.nextInt(4)) + "}}");
        } else if (kind < 40 && !tasks.isEmpty()) {
            message = request(pick(TASKS), json("{'taskId':'" + pick(tasks) + "'}"));
        } else {
            String[] request = pick(REQUESTS).split(" ", 2);
            message = request(request[0], json(request[1]));
        }
        if (modern && message.has("id")) {
            HttpPeer.modern(message)
                    .withObject("/params/_meta/io.modelcontextprotocol~1clientCapabilities")
                    .putObject("elicitation");
        }
        if (random.nextInt(3) == 0) {
            mutate(message);
        }
        return message;
    }

    /** Now and then under an id that was used before. */
    private ObjectNode request(String method, ObjectNode params) {
        int id = random.nextInt(20) == 0 ? Math.max(1, last - 1) : ++last;
        return Messages.request(id, method).set("params", params);
    }

    /** Replaces a member or leaves it out, wherever it is; how long a task is kept stays as it was. */
    private void mutate(ObjectNode message) {
        List<Consumer<JsonNode>> places = new ArrayList<>();
        collect(message, places);
        JsonNode value = random.nextInt(4) == 0 ? WireJson.object().missingNode() : value(pick(VALUES));
        pick(places).accept(value);
    }

    private static void collect(JsonNode node, List<Consumer<JsonNode>> places) {
        if (node instanceof ObjectNode object) {
            object.fieldNames().forEachRemaining(name -> {
                if (!name.equals("task")) {
                    places.add(value -> put(object, name, value));
                    collect(object.get(name), places);
                }
            });
        } else if (node instanceof ArrayNode array && !array.isEmpty()) {
            places.add(value -> array.set(0, value));
            collect(array.get(0), places);
        }
    }

    private static void put(ObjectNode object, String name, JsonNode value) {
        if (value.isMissingNode()) {
            object.remove(name);
        } else {
            object.set(name, value);
        }
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private static ObjectNode json(String text) {
        return (ObjectNode) value(text);
    }

    private static JsonNode value(String text) {
        try {
            return WireJson.parse(text.replace('\'', '"'));
        } catch (MalformedJson broken) {
            throw new AssertionError(text, broken);
        }
    }
}
