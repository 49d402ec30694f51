package io.exai.cluster;

import java.util.ArrayList;
import java.util.List;

/**
 * Where other nodes reach this one.
 *
 * @param host as the others write it; empty for the seed that is this machine, else the machine's own address
 * @param bindHost to listen on, when it is not {@code host}
 * @param bindPort to listen on, when it is not {@code port}; 0 for the same
 */
public record NodeSettings(String host, int port, String bindHost, int bindPort) {
    List<String> problems(String path) {
        List<String> problems = new ArrayList<>();
        if (port < 1 || port > HostPort.LARGEST) {
            problems.add(path + ".port: " + port + " (expected: 1 to " + HostPort.LARGEST + ")");
        }
        if (bindPort < 0 || bindPort > HostPort.LARGEST) {
            problems.add(path + ".bind-port: " + bindPort + " (expected: 0 to " + HostPort.LARGEST + ")");
        }
        return problems;
    }
}
