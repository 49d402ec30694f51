package io.exai.server.bench.resilience;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What lies between the nodes: each node is reached through a relay, and speaks from an address of loopback of its own, so
 * that a relay knows who speaks. A node that is cut off sends and gets nothing; nobody is told.
 */
final class Network implements AutoCloseable {
    private static final int PIECE = 1 << 16;

    private final List<Integer> inner;
    private final List<ServerSocket> doors = new CopyOnWriteArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile int cutOff = -1;

    private Network(List<Integer> inner) {
        this.inner = inner;
    }

    /** Relays to nodes that listen on these ports of their own addresses. */
    static Network between(List<Integer> inner) throws IOException {
        Network network = new Network(inner);
        for (int node = 0; node < inner.size(); node++) {
            int number = node;
            ServerSocket door = new ServerSocket(0, 64, InetAddress.getByName(host(node)));
            network.doors.add(door);
            start(() -> network.accept(number, door));
        }
        return network;
    }

    /** Nothing lies between them, and nobody can be cut off. */
    static Network direct(List<Integer> inner) {
        return new Network(inner);
    }

    /** The address of a node on loopback. */
    static String host(int node) {
        return "127.0.1." + (node + 1);
    }

    /** Where the others reach a node. */
    int port(int node) {
        return doors.isEmpty() ? inner.get(node) : doors.get(node).getLocalPort();
    }

    /** From now on the node hears nobody and nobody hears it. */
    void cutOff(int node) {
        cutOff = node;
    }

    /** Connections that were cut stay dead; new ones work. */
    void heal() throws IOException {
        cutOff = -1;
        for (Socket socket : open) {
            socket.close();
        }
    }

    private void accept(int node, ServerSocket door) {
        try {
            while (true) {
                Socket from = door.accept();
                start(() -> relay(node, from));
            }
        } catch (IOException closed) {
            // The network is gone.
        }
    }

    private void relay(int node, Socket from) {
        int speaker = speaker(from);
        try (from;
                Socket to = new Socket()) {
            open.add(from);
            open.add(to);
            to.connect(new InetSocketAddress(host(node), inner.get(node)), 2_000);
            Thread back = start(() -> copy(to, from, node, speaker));
            copy(from, to, node, speaker);
            back.join();
        } catch (IOException | InterruptedException over) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(from);
        }
    }

    private static int speaker(Socket from) {
        byte[] address = from.getInetAddress().getAddress();
        return address[3] - 1;
    }

    private void copy(Socket from, Socket to, int node, int speaker) {
        byte[] piece = new byte[PIECE];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            int length = in.read(piece);
            while (length >= 0) {
                if (cutOff != node && cutOff != speaker) {
                    out.write(piece, 0, length);
                }
                length = in.read(piece);
            }
            to.close();
        } catch (IOException over) {
            // The other direction ends, too.
        }
    }

    private static Thread start(Runnable work) {
        Thread thread = new Thread(work, "network");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    @Override
    public void close() throws IOException {
        for (ServerSocket door : doors) {
            door.close();
        }
        heal();
    }
}
