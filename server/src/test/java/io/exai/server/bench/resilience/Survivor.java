package io.exai.server.bench.resilience;

import com.fasterxml.jackson.databind.JsonNode;
import io.exai.protocol.json.MalformedJson;
import io.exai.protocol.json.WireJson;
import io.exai.server.e2e.RawSocket;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A client that follows the rules: it keeps calls in flight, comes back with the id of its session when its connection
 * ends, sends again what has no answer, and writes down what it got and when.
 */
final class Survivor implements Runnable {
    /** A connection on which nothing comes for this long, not even a ping, is given up, in milliseconds. */
    private static final int SILENCE = 60_000;

    private final String name;
    private final Manner manner;
    private final AtomicBoolean stopping;
    private final Diary diary = new Diary();
    private final Map<String, String> unanswered = new LinkedHashMap<>();
    private final Map<String, Integer> answered = new HashMap<>();
    private @Nullable String session;
    private boolean begun;
    private int number;
    private int connections;
    private volatile long overSince;

    /**
     * How it behaves.
     *
     * @param port of the balancer
     * @param inFlight calls it keeps under way
     * @param pauseMillis between an answer and the next call
     * @param call arguments of {@code chat} as a template; {@code %s} is a prompt of its own
     * @param patienceMillis how long it waits for its last answers
     */
    record Manner(int port, int inFlight, int pauseMillis, String call, int patienceMillis) {}

    Survivor(String name, Manner manner, AtomicBoolean stopping) {
        this.name = name;
        this.manner = manner;
        this.stopping = stopping;
    }

    Diary diary() {
        return diary;
    }

    /** Prompts of calls that never got an answer. */
    List<String> lost() {
        return List.copyOf(unanswered.values());
    }

    @Override
    public void run() {
        while (!isOver()) {
            try (RawSocket socket = connect()) {
                converse(socket);
            } catch (IOException | MalformedJson cut) {
                String why = String.valueOf(cut.getMessage());
                diary.cut(System.nanoTime(), why);
                if (why.equals("not upgraded: 404")) {
                    beginAnew();
                }
                pause(ThreadLocalRandom.current().nextInt(50, 200));
            }
        }
    }

    /** A session that never answered its first request is nobody's loss; any other is. */
    private void beginAnew() {
        if (begun) {
            diary.failed("the session is gone");
        }
        session = null;
        begun = false;
    }

    private boolean isOver() {
        if (!stopping.get()) {
            return false;
        }
        if (overSince == 0) {
            overSince = System.nanoTime();
        }
        return unanswered.isEmpty() || System.nanoTime() - overSince > manner.patienceMillis() * 1_000_000L;
    }

    private RawSocket connect() throws IOException {
        RawSocket socket =
                RawSocket.connect(manner.port(), session == null ? "/mcp/ws" : "/mcp/ws?session=" + session, SILENCE);
        if (session == null) {
            session = socket.sessionId();
            socket.text(
                    "{\"jsonrpc\":\"2.0\",\"id\":\"init\",\"method\":\"initialize\",\"params\":{\"protocolVersion\":"
                            + "\"2025-11-25\",\"capabilities\":{},\"clientInfo\":{\"name\":\"survivor\",\"version\":\"1\"}}}");
        }
        return socket;
    }

    private void converse(RawSocket socket) throws IOException, MalformedJson {
        connections++;
        for (Map.Entry<String, String> call : unanswered.entrySet()) {
            send(socket, call.getKey(), call.getValue());
        }
        while (!isOver()) {
            while (!stopping.get() && unanswered.size() < manner.inFlight()) {
                ask(socket);
            }
            String text = socket.nextText();
            if (text != null) {
                heard(WireJson.parse(text));
            }
        }
    }

    private void ask(RawSocket socket) throws IOException {
        String id = "c" + number++;
        String prompt = name + "-" + id;
        unanswered.put(id, prompt);
        send(socket, id, prompt);
    }

    private void send(RawSocket socket, String id, String prompt) throws IOException {
        socket.text("{\"jsonrpc\":\"2.0\",\"id\":\"" + id
                + "\",\"method\":\"tools/call\",\"params\":{\"name\":\"chat\",\"arguments\":"
                + manner.call().replace("%s", prompt) + "}}");
    }

    private void heard(JsonNode message) {
        String id = message.path("id").asText("");
        if (message.has("method") || id.equals("init")) {
            begun |= id.equals("init");
            return;
        }
        JsonNode meta = message.path("result").path("_meta");
        Integer before = answered.putIfAbsent(id, connections);
        if (before != null) {
            boolean said = meta.path("io.exai/redelivered").asBoolean(false);
            diary.twice(said);
            if (!said) {
                System.err.println("   unsaid: " + name + " " + id + " first on connection " + before + ", now on "
                        + connections + ": " + meta);
            }
            return;
        }
        String prompt = unanswered.remove(id);
        if (prompt == null) {
            diary.failed("an answer that nobody asked for: " + id);
            return;
        }
        judge(message, prompt, meta.path("io.exai/attempts").asInt(1));
        if (manner.pauseMillis() > 0) {
            pause(manner.pauseMillis());
        }
    }

    private void judge(JsonNode message, String prompt, int attempts) {
        String text =
                message.path("result").path("content").path(0).path("text").asText();
        if (message.has("error") || message.path("result").path("isError").asBoolean(false)) {
            diary.failed(message.has("error") ? message.path("error").toString() : text);
        } else if (!text.endsWith("You said: " + prompt)) {
            diary.failed("the answer to something else: " + text);
        } else {
            diary.answered(System.nanoTime(), prompt, attempts);
        }
    }

    private static void pause(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    /** What one client has lived through. */
    static final class Diary {
        private final List<Long> answers = new ArrayList<>();
        private final List<Long> cuts = new ArrayList<>();
        private final Map<String, Integer> reasons = new LinkedHashMap<>();
        private final Map<String, Integer> attempts = new LinkedHashMap<>();
        private final List<String> failures = new ArrayList<>();
        private int redelivered;
        private int unmarked;

        private void answered(long at, String prompt, int started) {
            answers.add(at);
            attempts.put(prompt, started);
        }

        private void cut(long at, String why) {
            cuts.add(at);
            reasons.merge(why, 1, Integer::sum);
        }

        private void failed(String why) {
            failures.add(why);
        }

        private void twice(boolean marked) {
            if (marked) {
                redelivered++;
            } else {
                unmarked++;
            }
        }

        /** When answers came, by {@link System#nanoTime()}. */
        List<Long> answers() {
            return answers;
        }

        /** When connections ended, or could not be made. */
        List<Long> cuts() {
            return cuts;
        }

        /** Why connections ended, and how often. */
        Map<String, Integer> reasons() {
            return reasons;
        }

        /** How often the call of each prompt was started, by the daemon's account. */
        Map<String, Integer> attempts() {
            return attempts;
        }

        List<String> failures() {
            return failures;
        }

        /** Answers that came twice and said so. */
        int redelivered() {
            return redelivered;
        }

        /** Answers that came twice and did not say so. */
        int unmarked() {
            return unmarked;
        }
    }
}
