package io.exai.server.tap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;

/**
 * A port in front of a daemon's, over WebSocket and HTTP alike: every byte passes, and every MCP message of the daemon is held
 * against the schema of its revision before the client has it.
 */
public final class Tap implements AutoCloseable {
    /** Small, so that a client that does not read is noticed as it would be without us. */
    private static final int BUFFER = 1 << 16;

    private final Transcript transcript = new Transcript();
    private final ServerSocket server;
    private final int daemon;

    private Tap(ServerSocket server, int daemon) {
        this.server = server;
        this.daemon = daemon;
    }

    public static Tap before(int daemon) throws IOException {
        ServerSocket server = new ServerSocket();
        server.setReceiveBufferSize(BUFFER);
        server.bind(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
        Tap tap = new Tap(server, daemon);
        start(tap::accept);
        return tap;
    }

    /** Where clients connect. */
    public int port() {
        return server.getLocalPort();
    }

    /** What was wrong with messages of the daemon, and the messages. */
    public List<String> violations() {
        return transcript.violations();
    }

    /** How many messages of the daemon have come by. */
    public int checked() {
        return transcript.checked();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                start(() -> serve(client));
            }
        } catch (IOException closed) {
            // as it should be at the end
        }
    }

    private void serve(Socket client) {
        try (Socket onward = new Socket()) {
            onward.setReceiveBufferSize(BUFFER);
            onward.connect(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), daemon));
            onward.setTcpNoDelay(true);
            client.setTcpNoDelay(true);
            new Tapped(client, onward, transcript).run();
        } catch (IOException unreachable) {
            reset(client);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Closes it as an unreachable peer would. */
    static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException gone) {
            // it is closed already
        }
        close(socket);
    }

    static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "tap");
        thread.setDaemon(true);
        thread.start();
    }

    /** Takes no more connections. */
    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Stands before the daemon at a port and tells each violation, and how much was looked at: {@code Tap PORT}. */
    public static void main(String[] arguments) throws Exception {
        Tap tap = before(Integer.parseInt(arguments[0]));
        System.out.println("tap on 127.0.0.1:" + tap.port());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            tap.violations().forEach(violation -> System.out.println("violation: " + violation));
            System.out.println("checked " + tap.checked() + " messages, "
                    + tap.violations().size() + " violations");
        }));
        Thread.currentThread().join();
    }
}
