package io.exai.server.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import io.exai.protocol.json.WireJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The server-sent events of one response, as they come; closing it cuts the connection. */
final class EventReader implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Event END = new Event("", "", true);

    private final HttpResponse<InputStream> response;
    private final LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private volatile String lastId = "";
    private final AtomicInteger comments = new AtomicInteger();

    /** One event; data is empty when it is no message. */
    record Event(String id, String data, boolean isEnd) {
        JsonNode message() throws Exception {
            return WireJson.parse(data);
        }
    }

    EventReader(HttpResponse<InputStream> response) {
        this.response = response;
        Thread reader = new Thread(this::read, "event-reader");
        reader.setDaemon(true);
        reader.start();
    }

    int status() {
        return response.statusCode();
    }

    /** The id of the last event that was read; empty before the first one with an id. */
    String lastId() {
        return lastId;
    }

    /** How many comments have come. */
    int comments() {
        return comments.get();
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            String id = "";
            String data = "";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(":")) {
                    comments.incrementAndGet();
                } else if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.startsWith("data: ")) {
                    data = line.substring(6);
                } else if (line.isEmpty()) {
                    lastId = id.isEmpty() ? lastId : id;
                    events.add(new Event(id, data, false));
                    id = "";
                    data = "";
                }
            }
        } catch (IOException cut) {
            // as good as the end
        }
        events.add(END);
    }

    /** The next message; what is none is passed over. Fails at the end of the stream. */
    JsonNode next() throws Exception {
        Event event = event();
        while (event.data().isEmpty() && !event.isEnd()) {
            event = event();
        }
        if (event.isEnd()) {
            throw new IOException("the stream has ended, " + status());
        }
        return event.message();
    }

    /** The next answer: notifications on the way are passed over. */
    JsonNode answer() throws Exception {
        JsonNode message = next();
        while (message.has("method")) {
            message = next();
        }
        return message;
    }

    Event event() throws InterruptedException {
        Event event = events.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        if (event == null) {
            throw new AssertionError("no event within " + PATIENCE);
        }
        return event;
    }

    /** Reads on to the end. */
    void awaitEnd() throws InterruptedException {
        while (!event().isEnd()) {
            // what comes before does not matter
        }
    }

    @Override
    public void close() throws IOException {
        response.body().close();
    }
}
