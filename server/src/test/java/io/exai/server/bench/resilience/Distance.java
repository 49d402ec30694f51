package io.exai.server.bench.resilience;

import io.exai.protocol.json.MalformedJson;
import io.exai.protocol.json.WireJson;
import io.exai.server.e2e.RawSocket;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A session is on one node and its client on whichever: what does the way between them cost? The same session is used
 * through each node in turn; the one through which calls of {@code chat} are fastest counts as the one that has it.
 */
final class Distance {
    private static final int SESSIONS = 15;
    private static final int ROUNDS = 3;
    private static final int CALLS = 100;
    private static final int SILENCE = 60_000;
    private static final double AIM = 2;

    private final Arena arena;
    private final String session;
    private final List<Times> times = new ArrayList<>();
    private int number;

    /** Through one node, in nanoseconds. */
    private record Times(List<Long> version, List<Long> chat) {}

    private Distance(Arena arena, String session) {
        this.arena = arena;
        this.session = session;
        for (int node = 0; node < Arena.NODES; node++) {
            times.add(new Times(new ArrayList<>(), new ArrayList<>()));
        }
    }

    static List<Speed.Line> measure(Arena arena) throws Exception {
        Times local = new Times(new ArrayList<>(), new ArrayList<>());
        Times remote = new Times(new ArrayList<>(), new ArrayList<>());
        for (int number = 0; number < SESSIONS; number++) {
            Distance distance = new Distance(arena, begin(arena.port(number % Arena.NODES)));
            for (int round = 0; round < ROUNDS; round++) {
                distance.round();
            }
            distance.addTo(local, remote);
        }
        return List.of(
                line("`version`, p50 through the session's node and through others", local.version(), remote.version()),
                line("`chat`, the same", local.chat(), remote.chat()));
    }

    private static Speed.Line line(String what, List<Long> local, List<Long> remote) {
        return new Speed.Line(what, "ms", median(local) / 1e6, median(remote) / 1e6, AIM, true);
    }

    private static long median(List<Long> nanos) {
        return Sample.of(nanos).percentile(0.5);
    }

    private static String begin(int port) throws IOException {
        try (RawSocket socket = RawSocket.connect(port, "/mcp/ws", SILENCE)) {
            socket.text(
                    "{\"jsonrpc\":\"2.0\",\"id\":\"init\",\"method\":\"initialize\",\"params\":{\"protocolVersion\":"
                            + "\"2025-11-25\",\"capabilities\":{},\"clientInfo\":{\"name\":\"speed\",\"version\":\"1\"}}}");
            String answer = socket.nextText();
            while (answer == null) {
                answer = socket.nextText();
            }
            return socket.sessionId();
        }
    }

    private void round() throws Exception {
        for (int node = 0; node < Arena.NODES; node++) {
            try (RawSocket socket = RawSocket.connect(arena.port(node), "/mcp/ws?session=" + session, SILENCE)) {
                for (int call = 0; call < CALLS; call++) {
                    times.get(node).version().add(took(socket, "version", "{}"));
                }
                for (int call = 0; call < CALLS; call++) {
                    times.get(node).chat().add(took(socket, "chat", prompt()));
                }
            }
        }
    }

    private String prompt() {
        return "{\"prompt\":\"" + session + number + "\",\"model\":\"" + Speed.MODEL + "\"}";
    }

    private long took(RawSocket socket, String tool, String arguments) throws IOException, MalformedJson {
        String id = "c" + number++;
        long begin = System.nanoTime();
        socket.text("{\"jsonrpc\":\"2.0\",\"id\":\"" + id + "\",\"method\":\"tools/call\",\"params\":{\"name\":\""
                + tool + "\",\"arguments\":" + arguments + "}}");
        String text = socket.nextText();
        while (!answers(text, id)) {
            text = socket.nextText();
        }
        return System.nanoTime() - begin;
    }

    private static boolean answers(@Nullable String text, String id) throws IOException, MalformedJson {
        if (text == null || !id.equals(WireJson.parse(text).path("id").asText())) {
            return false;
        }
        if (!text.contains("\"content\"") || text.contains("\"isError\":true")) {
            throw new IOException("not answered: " + text);
        }
        return true;
    }

    private void addTo(Times local, Times remote) {
        int nearest = 0;
        StringBuilder medians = new StringBuilder();
        for (int node = 0; node < Arena.NODES; node++) {
            long chat = median(times.get(node).chat());
            medians.append(String.format(
                    Locale.ROOT, " %.2f/%.2f", median(times.get(node).version()) / 1e6, chat / 1e6));
            nearest = chat < median(times.get(nearest).chat()) ? node : nearest;
        }
        System.err.println("   version/chat ms through each node:" + medians + ", on node " + nearest);
        for (int node = 0; node < Arena.NODES; node++) {
            Times side = node == nearest ? local : remote;
            side.version().addAll(times.get(node).version());
            side.chat().addAll(times.get(node).chat());
        }
    }
}
