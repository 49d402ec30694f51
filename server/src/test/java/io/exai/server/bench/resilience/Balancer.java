package io.exai.server.bench.resilience;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** HAProxy with the configuration of {@code docker/haproxy.cfg}. */
final class Balancer implements AutoCloseable {
    private static final Path CONFIGURATION = Path.of(System.getProperty("exai.haproxy", "docker/haproxy.cfg"));

    private final Process process;
    private final int port;

    private Balancer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** In front of daemons on these ports of loopback; three of them. */
    static Balancer start(List<Integer> nodes) throws IOException {
        int port = freePorts(1).get(0);
        ProcessBuilder builder = new ProcessBuilder("haproxy", "-db", "-q", "-f", CONFIGURATION.toString());
        Map<String, String> environment = builder.environment();
        environment.put("EXAI_BIND", "127.0.0.1:" + port);
        for (int number = 0; number < nodes.size(); number++) {
            environment.put("EXAI_NODE_" + (number + 1), "127.0.0.1:" + nodes.get(number));
        }
        return new Balancer(
                builder.redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start(),
                port);
    }

    static List<Integer> freePorts(int count) throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            for (int number = 0; number < count; number++) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            return sockets.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            for (ServerSocket socket : sockets) {
                socket.close();
            }
        }
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
