package io.exai.server.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.json.WireJson;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A WebSocket client over a plain socket: it keeps the rules unless it is told to break them. */
final class RawClient implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Socket socket;
    private final DataInputStream in;
    private final HttpReply reply;
    private final LinkedBlockingQueue<WireFrame> frames = new LinkedBlockingQueue<>();

    private RawClient(int port, String path, String... headers) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        raw(upgrade(port, path, headers).getBytes(StandardCharsets.US_ASCII));
        socket.setSoTimeout((int) PATIENCE.toMillis());
        reply = HttpReply.read(in);
        socket.setSoTimeout(0);
    }

    /** A connection that was upgraded; its frames are read, its pings answered. */
    static RawClient connect(int port, String path, String... headers) throws IOException {
        RawClient client = deaf(port, path, headers);
        client.listen();
        return client;
    }

    static RawClient connect(int port) throws IOException {
        return connect(port, "/mcp/ws");
    }

    /** An upgraded connection that reads nothing before {@link #listen()}. */
    static RawClient deaf(int port, String path, String... headers) throws IOException {
        RawClient client = new RawClient(port, path, headers);
        if (client.reply.status() != 101) {
            client.close();
            throw new IOException("not upgraded: " + client.reply);
        }
        return client;
    }

    /** Asks for an upgrade and tells the answer, whatever it is. */
    static HttpReply knock(int port, String path, String... headers) throws IOException {
        try (RawClient client = new RawClient(port, path, headers)) {
            return client.reply;
        }
    }

    private static String upgrade(int port, String path, String... headers) {
        String more = String.join("\r\n", headers);
        String host = more.startsWith("Host:") ? "" : "Host: 127.0.0.1:" + port + "\r\n";
        return "GET " + path + " HTTP/1.1\r\n" + host
                + "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" + more + (more.isEmpty() ? "" : "\r\n") + "\r\n";
    }

    void listen() {
        Thread reader = new Thread(this::read, "raw-client");
        reader.setDaemon(true);
        reader.start();
    }

    /** The answer to the upgrade. */
    HttpReply reply() {
        return reply;
    }

    /** As the upgrade's answer tells it. */
    String sessionId() {
        return reply.header("Mcp-Session-Id");
    }

    synchronized void raw(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    void frame(int first, byte[] payload) throws IOException {
        raw(WireFrame.masked(first, payload));
    }

    void text(String message) throws IOException {
        frame(WireFrame.FIN | WireFrame.TEXT, message.getBytes(StandardCharsets.UTF_8));
    }

    void send(ObjectNode message) throws IOException {
        text(WireJson.write(message));
    }

    /** The next frame; {@link WireFrame#END} when there is none any more. */
    WireFrame nextFrame(Duration patience) throws InterruptedException {
        WireFrame frame = frames.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        if (frame == null) {
            throw new AssertionError("no frame within " + patience);
        }
        return frame;
    }

    /** A frame that has already come, if any. */
    Optional<WireFrame> polled() {
        return Optional.ofNullable(frames.poll());
    }

    /** The next message; anything else on the way is passed over. */
    JsonNode next() throws Exception {
        WireFrame frame = nextFrame(PATIENCE);
        while (frame.opcode() != WireFrame.TEXT) {
            if (frame.opcode() == WireFrame.CLOSE || frame.equals(WireFrame.END)) {
                throw new IOException("closed: " + (frame.opcode() == WireFrame.CLOSE ? frame.closeCode() : "cut"));
            }
            frame = nextFrame(PATIENCE);
        }
        return WireJson.parse(frame.text());
    }

    /** The answer with that id; other messages on the way are passed over. */
    JsonNode answer(Object id) throws Exception {
        JsonNode message = next();
        while (!message.path("id").asText().equals(id.toString()) || message.has("method")) {
            message = next();
        }
        return message;
    }

    JsonNode ask(ObjectNode request) throws Exception {
        send(request);
        return answer(request.path("id").asText());
    }

    /** The code with which the server closes; -1 when it cuts the connection without one. */
    int closeCode() throws InterruptedException {
        WireFrame frame = nextFrame(PATIENCE);
        while (frame.opcode() != WireFrame.CLOSE && !frame.equals(WireFrame.END)) {
            frame = nextFrame(PATIENCE);
        }
        return frame.opcode() == WireFrame.CLOSE ? frame.closeCode() : -1;
    }

    /** Reads and throws away until the server ends the connection. */
    void awaitEnd() throws IOException {
        socket.setSoTimeout((int) PATIENCE.toMillis());
        byte[] rest = new byte[1 << 16];
        int read = 0;
        while (read >= 0) {
            read = in.read(rest);
        }
    }

    private void read() {
        try {
            while (true) {
                WireFrame frame = WireFrame.read(in);
                if (frame.opcode() == WireFrame.PING) {
                    frame(WireFrame.FIN | WireFrame.PONG, frame.payload());
                }
                frames.add(frame);
                if (frame.opcode() == WireFrame.CLOSE) {
                    frame(WireFrame.FIN | WireFrame.CLOSE, frame.payload());
                }
            }
        } catch (IOException over) {
            frames.add(WireFrame.END);
        }
    }

    /** Cuts the connection without a word. */
    @Override
    public void close() throws IOException {
        socket.close();
    }
}
