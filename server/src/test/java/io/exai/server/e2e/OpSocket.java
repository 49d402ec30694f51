package io.exai.server.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.json.WireJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A client of the op protocol. */
final class OpSocket implements AutoCloseable {
    private final RawClient client;

    private OpSocket(RawClient client) {
        this.client = client;
    }

    /** Connected, and nothing said yet. */
    static OpSocket connect(int port, String... headers) throws Exception {
        return new OpSocket(RawClient.connect(port, "/", headers));
    }

    static OpSocket greeted(int port, String... headers) throws Exception {
        OpSocket socket = connect(port, headers);
        socket.ask(message("hello"));
        return socket;
    }

    /** Greeted in a session of before. */
    static OpSocket resumed(int port, String sessionId) throws Exception {
        OpSocket socket = connect(port);
        JsonNode ack = socket.ask(message("hello").put("session_id", sessionId));
        if (!ack.path("resumed").asBoolean()) {
            throw new AssertionError("not resumed: " + ack);
        }
        return socket;
    }

    static ObjectNode message(String op) {
        return WireJson.object().put("op", op);
    }

    static ObjectNode chat(String id, String prompt) {
        ObjectNode call = message("call_tool").put("request_id", id).put("name", "chat");
        call.putObject("arguments").put("prompt", prompt);
        return call;
    }

    void send(ObjectNode message) throws Exception {
        client.send(message);
    }

    void text(String message) throws Exception {
        client.text(message);
    }

    /** The next message, whatever it is. */
    JsonNode next() throws Exception {
        return client.next();
    }

    JsonNode ask(ObjectNode message) throws Exception {
        send(message);
        return next();
    }

    /** The next message with that op; others on the way are passed over. */
    JsonNode next(String op) throws Exception {
        JsonNode message = next();
        while (!message.path("op").asText().equals(op)) {
            message = next();
        }
        return message;
    }

    /** All messages up to and with the first result. */
    List<JsonNode> course() throws Exception {
        List<JsonNode> course = new ArrayList<>(List.of(next()));
        while (!course.get(course.size() - 1).path("op").asText().equals("call_tool_res")) {
            course.add(next());
        }
        return course;
    }

    int closeCode() throws Exception {
        return client.closeCode();
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
