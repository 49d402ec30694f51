package io.exai.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.json.MalformedJson;
import io.exai.protocol.json.WireJson;
import io.exai.protocol.mcp.Revision;
import io.exai.server.Version;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A small MCP client over WebSocket, for the command line; one request at a time. */
final class McpClient implements AutoCloseable {
    private static final Duration RETRY = Duration.ofMillis(250);

    private final WebSocket socket;
    private final Inbox inbox;
    private long nextId;

    private McpClient(WebSocket socket, Inbox inbox) {
        this.socket = socket;
        this.inbox = inbox;
    }

    /** Connects and initializes; keeps trying for {@code patience} while nobody listens there. */
    static McpClient connect(URI url, @Nullable String token, Duration patience) throws Exception {
        long giveUp = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                return open(url, token);
            } catch (java.net.ConnectException refused) {
                if (System.nanoTime() >= giveUp) {
                    throw refused;
                }
                TimeUnit.MILLISECONDS.sleep(RETRY.toMillis());
            }
        }
    }

    private static McpClient open(URI url, @Nullable String token) throws Exception {
        Inbox inbox = new Inbox();
        WebSocket.Builder builder = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .subprotocols("mcp")
                .connectTimeout(Duration.ofSeconds(10));
        if (token != null && !token.isEmpty()) {
            builder.header("Authorization", "Bearer " + token);
        }
        WebSocket socket;
        try {
            socket = builder.buildAsync(url, inbox).get(15, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof WebSocketHandshakeException refused) {
                throw new IOException("the daemon refused the connection: HTTP "
                        + refused.getResponse().statusCode());
            }
            throw failed.getCause() instanceof Exception cause ? cause : failed;
        }
        McpClient client = new McpClient(socket, inbox);
        ObjectNode params = WireJson.object().put("protocolVersion", Revision.R2025_11_25.wireName());
        params.putObject("capabilities");
        params.putObject("clientInfo").put("name", "exai-cli").put("version", Version.text());
        client.request("initialize", params, Duration.ofSeconds(30), progress -> {});
        client.send(WireJson.object().put("jsonrpc", "2.0").put("method", "notifications/initialized"));
        return client;
    }

    /**
     * Sends a request and waits for its answer.
     *
     * @param progress hears the message of each progress notification meanwhile
     * @throws RequestFailed when the answer is a JSON-RPC error
     */
    JsonNode request(String method, ObjectNode params, Duration patience, Consumer<String> progress) throws Exception {
        long id = nextId++;
        ObjectNode request =
                WireJson.object().put("jsonrpc", "2.0").put("id", id).put("method", method);
        request.set("params", params);
        send(request);
        long giveUp = System.nanoTime() + patience.toNanos();
        while (true) {
            JsonNode message = inbox.next(giveUp - System.nanoTime());
            if (message.path("method").asText().equals("notifications/progress")) {
                progress.accept(message.path("params").path("message").asText(""));
            } else if (message.path("id").asLong(-1) == id) {
                if (message.has("error")) {
                    throw new RequestFailed(
                            message.path("error").path("message").asText());
                }
                return message.path("result");
            }
        }
    }

    private void send(ObjectNode message) throws Exception {
        socket.sendText(WireJson.write(message), true).get(30, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").orTimeout(1, TimeUnit.SECONDS);
    }

    /** The daemon answered with an error. */
    static final class RequestFailed extends IOException {
        private static final long serialVersionUID = 1L;

        RequestFailed(String message) {
            super(message);
        }
    }

    /** Collects whole messages. */
    private static final class Inbox implements WebSocket.Listener {
        private final LinkedBlockingQueue<Object> messages = new LinkedBlockingQueue<>();
        private final StringBuilder partial = new StringBuilder();

        JsonNode next(long nanos) throws Exception {
            Object message = messages.poll(Math.max(1, nanos), TimeUnit.NANOSECONDS);
            if (message == null) {
                throw new TimeoutException("the daemon did not answer in time");
            } else if (message instanceof Exception failure) {
                throw failure;
            }
            return (JsonNode) message;
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            partial.append(data);
            if (last) {
                try {
                    messages.add(WireJson.parse(partial.toString()));
                } catch (MalformedJson broken) {
                    messages.add(new IOException("the daemon sent something that is not JSON"));
                }
                partial.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            messages.add(new IOException("the daemon closed the connection: " + code + " " + reason));
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            messages.add(new IOException("the connection broke: " + error.getMessage()));
        }
    }
}
