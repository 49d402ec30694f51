package io.exai.server.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import io.exai.protocol.json.WireJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A client that remembers what it asked and every answer it ever got, over all connections of its session. */
final class Caller implements AutoCloseable {
    private final String name;
    private final String sessionId;
    private final Map<String, String> prompts = new LinkedHashMap<>();
    private final Map<String, List<Received>> answers = new LinkedHashMap<>();
    private RawClient client;
    private int connection = 1;
    private boolean over;
    private int closeCode = -1;

    /** An answer and the number of the connection it came on, from 1. */
    record Received(int connection, JsonNode message) {
        String text() {
            return Messages.text(message);
        }

        boolean isRedelivered() {
            return Messages.meta(message, "redelivered").asBoolean();
        }

        /** Where the answer came from when it was not made for this call; empty when it was. */
        String origin() {
            return Messages.meta(message, "shared").asText("");
        }

        /** How often the call was started, by the daemon's account. */
        int attempts() {
            return Messages.meta(message, "attempts").asInt(1);
        }
    }

    private Caller(String name, RawClient client) {
        this.name = name;
        this.client = client;
        this.sessionId = client.sessionId();
    }

    static Caller connect(String name, int port) throws Exception {
        Caller caller = new Caller(name, RawClient.connect(port));
        caller.client.ask(Messages.initialize("init"));
        return caller;
    }

    String sessionId() {
        return sessionId;
    }

    /** Sends that many calls of {@code chat}, each with a prompt of its own. */
    void ask(int calls) throws IOException {
        for (int call = 0; call < calls; call++) {
            String id = "call-" + prompts.size();
            prompts.put(id, name + "-" + id);
            repeat(id);
        }
    }

    /** Sends a call of {@code chat} with a prompt that others may have, too. */
    void ask(String prompt) throws IOException {
        String id = "call-" + prompts.size();
        prompts.put(id, prompt);
        repeat(id);
    }

    /** Sends a request of before once more, word for word. */
    void repeat(String id) throws IOException {
        client.send(Messages.chat(id, promptOf(id)));
    }

    void repeatUnanswered() throws IOException {
        for (String id : unanswered()) {
            repeat(id);
        }
    }

    /** Comes back with the id of its session; what the old connection still held has been read before. */
    void resume(int port) throws Exception {
        collectUntilEnd();
        connection++;
        over = false;
        client = RawClient.connect(port, "/mcp/ws?session=" + sessionId);
    }

    /** Cuts the connection. */
    void leave() throws IOException {
        client.close();
    }

    /** Takes in what has come, without waiting. */
    void collect() throws Exception {
        for (Optional<WireFrame> frame = client.polled(); frame.isPresent(); frame = client.polled()) {
            take(frame.get());
        }
    }

    private void collectUntilEnd() throws Exception {
        while (!over) {
            take(client.nextFrame(RawClient.PATIENCE));
        }
    }

    private void take(WireFrame frame) throws Exception {
        over |= frame.equals(WireFrame.END);
        if (frame.opcode() == WireFrame.CLOSE) {
            closeCode = frame.closeCode();
        }
        if (frame.opcode() != WireFrame.TEXT) {
            return;
        }
        JsonNode message = WireJson.parse(frame.text());
        String id = message.path("id").asText();
        if (prompts.containsKey(id)) {
            answers.computeIfAbsent(id, any -> new ArrayList<>()).add(new Received(connection, message));
        }
    }

    /** Everything the session has said is in when this returns: it answers a later call, and it answers in order. */
    void settle() throws Exception {
        client.send(Messages.call("settle-" + connection, "version", WireJson.object()));
        WireFrame frame = client.nextFrame(RawClient.PATIENCE);
        while (!frame.text().contains("settle-" + connection)) {
            take(frame);
            frame = client.nextFrame(RawClient.PATIENCE);
        }
    }

    /** With which the daemon closed a connection of before; -1 when it never did. */
    int closeCode() {
        return closeCode;
    }

    List<String> ids() {
        return List.copyOf(prompts.keySet());
    }

    List<String> unanswered() {
        return prompts.keySet().stream().filter(id -> !answers.containsKey(id)).toList();
    }

    String promptOf(String id) {
        return prompts.getOrDefault(id, "");
    }

    List<Received> answersTo(String id) {
        return answers.getOrDefault(id, List.of());
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
