package io.exai.server.e2e;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A WebSocket on the thread of its reader, for many at once: answers pings, fails when the server closes or is silent. */
public final class RawSocket implements AutoCloseable {
    /** A session that just lost its node takes a while to be found, in milliseconds. */
    private static final int UPGRADE = 20_000;

    private final Socket socket;
    private final DataInputStream in;
    private final HttpReply reply;

    private RawSocket(Socket socket, DataInputStream in, HttpReply reply) {
        this.socket = socket;
        this.in = in;
        this.reply = reply;
    }

    /** Fails when it is not upgraded; {@code silence} is the longest wait for a frame, in milliseconds. */
    public static RawSocket connect(int port, String path, int silence) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        try {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(UPGRADE);
            String upgrade = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port
                    + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
            socket.getOutputStream().write(upgrade.getBytes(StandardCharsets.US_ASCII));
            DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
            HttpReply reply = HttpReply.read(in);
            if (reply.status() != 101) {
                throw new IOException("not upgraded: " + reply.status());
            }
            socket.setSoTimeout(silence);
            return new RawSocket(socket, in, reply);
        } catch (IOException refused) {
            socket.close();
            throw refused;
        }
    }

    public String sessionId() {
        return reply.header("Mcp-Session-Id");
    }

    public void text(String message) throws IOException {
        write(WireFrame.FIN | WireFrame.TEXT, message.getBytes(StandardCharsets.UTF_8));
    }

    /** The next frame if it is text; null for a ping, which is answered. */
    public @Nullable String nextText() throws IOException {
        WireFrame frame = WireFrame.read(in);
        if (frame.opcode() == WireFrame.PING) {
            write(WireFrame.FIN | WireFrame.PONG, frame.payload());
        } else if (frame.opcode() == WireFrame.CLOSE) {
            throw new IOException("closed: " + frame.closeCode());
        }
        return frame.opcode() == WireFrame.TEXT ? frame.text() : null;
    }

    private void write(int first, byte[] payload) throws IOException {
        socket.getOutputStream().write(WireFrame.masked(first, payload));
        socket.getOutputStream().flush();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
