package io.exai.server.bench.resilience;

import com.fasterxml.jackson.databind.JsonNode;
import io.exai.protocol.json.MalformedJson;
import io.exai.protocol.json.WireJson;
import io.exai.server.e2e.RawSocket;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A client that follows the rules: it keeps calls in flight, comes back with the id of its session when its connection
 * ends, sends again what has no answer, and writes down what it got and when.
 */
final class Survivor implements Runnable {
    /** A connection on which nothing comes for this long, not even a ping, is given up, in milliseconds. */
    private static final int SILENCE = 60_000;

    /** How long it waits for its last answers. */
    private static final long PATIENCE = 60_000_000_000L;

    /** Before it asks again after a refusal, in milliseconds. */
    private static final int BREATH = 500;

    private final String name;
    private final Manner manner;
    private final AtomicBoolean stopping;
    private final Diary diary = new Diary();
    private final Map<String, Ask> unanswered = new LinkedHashMap<>();
    private final Map<String, Integer> answered = new HashMap<>();
    private volatile @Nullable String session;
    private volatile boolean begun;
    private int number;
    private int connections;
    private volatile long overSince;

    /**
     * How it behaves.
     *
     * @param port of the balancer, or of a node
     * @param inFlight calls of each question that it keeps under way
     * @param pauseMillis between an answer and the next call
     * @param questions what it asks
     * @param most calls after which it is done; 0 for no such end
     */
    record Manner(int port, int inFlight, int pauseMillis, List<Question> questions, int most) {
        /** Asks a model, each time something else. */
        static Manner of(int port, int inFlight, String... models) {
            List<Question> questions =
                    Stream.of(models).map(model -> new Question(model, "")).toList();
            return new Manner(port, inFlight, 0, questions, 0);
        }
    }

    /** Arguments of {@code chat}; without a prompt each call has one of its own. */
    record Question(String model, String prompt) {}

    /** One call that has no answer yet; {@code since} when it was sent first, by {@link System#nanoTime()}. */
    record Ask(Question question, String prompt, long since) {}

    Survivor(String name, Manner manner, AtomicBoolean stopping) {
        this.name = name;
        this.manner = manner;
        this.stopping = stopping;
    }

    Diary diary() {
        return diary;
    }

    /** Who it is, for a log. */
    String story() {
        return "session " + session + (begun ? "" : ", whose first request has no answer either");
    }

    /** Prompts of calls that never got an answer. */
    List<String> lost() {
        return unanswered.values().stream().map(Ask::prompt).toList();
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
            return manner.most() > 0 && number >= manner.most() && unanswered.isEmpty();
        }
        if (overSince == 0) {
            overSince = System.nanoTime();
        }
        return unanswered.isEmpty() || System.nanoTime() - overSince > PATIENCE;
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
        for (Map.Entry<String, Ask> call : unanswered.entrySet()) {
            send(socket, call.getKey(), call.getValue());
        }
        while (!isOver()) {
            for (Question question : manner.questions()) {
                while (wants(question)) {
                    ask(socket, question);
                }
            }
            String text = socket.nextText();
            if (text != null) {
                heard(WireJson.parse(text));
            }
        }
    }

    private boolean wants(Question question) {
        long running = unanswered.values().stream()
                .filter(ask -> ask.question().equals(question))
                .count();
        return !stopping.get() && running < manner.inFlight() && (manner.most() == 0 || number < manner.most());
    }

    private void ask(RawSocket socket, Question question) throws IOException {
        String id = "c" + number++;
        String prompt = question.prompt().isEmpty() ? name + "-" + id : question.prompt();
        Ask ask = new Ask(question, prompt, System.nanoTime());
        unanswered.put(id, ask);
        send(socket, id, ask);
    }

    private static void send(RawSocket socket, String id, Ask ask) throws IOException {
        socket.text("{\"jsonrpc\":\"2.0\",\"id\":\"" + id
                + "\",\"method\":\"tools/call\",\"params\":{\"name\":\"chat\",\"arguments\":{\"prompt\":\""
                + ask.prompt()
                + "\",\"model\":\"" + ask.question().model() + "\"}}}");
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
        Ask ask = unanswered.remove(id);
        if (ask == null) {
            diary.failed("an answer that nobody asked for: " + id);
            return;
        }
        judge(message, ask);
        if (manner.pauseMillis() > 0) {
            pause(manner.pauseMillis());
        }
    }

    private void judge(JsonNode message, Ask ask) {
        JsonNode result = message.path("result");
        String text = result.path("content").path(0).path("text").asText();
        if (message.has("error") || result.path("isError").asBoolean(false)) {
            diary.failed(message.has("error") ? message.path("error").toString() : text);
            pause(BREATH);
        } else if (!text.endsWith("You said: " + ask.prompt())) {
            diary.failed("the answer to something else: " + text);
        } else {
            diary.answered(ask, System.nanoTime(), result.path("_meta"));
        }
    }

    private static void pause(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }
}
