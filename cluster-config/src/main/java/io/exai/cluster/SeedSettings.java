package io.exai.cluster;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a node that starts finds the others.
 *
 * @param nodes {@code host:port} each, the same list in the same order on all nodes
 * @param name {@code name:port}; its addresses are the seeds, instead of {@code nodes}
 */
public record SeedSettings(List<String> nodes, String name) {
    List<String> problems(String path) {
        List<String> problems = new ArrayList<>();
        nodes.stream()
                .filter(seed -> HostPort.parse(seed).isEmpty())
                .forEach(seed -> problems.add(path + ".nodes: " + seed + " (expected: host:port)"));
        if (!name.isEmpty() && HostPort.parse(name).isEmpty()) {
            problems.add(path + ".name: " + name + " (expected: name:port)");
        }
        if (nodes.isEmpty() == name.isEmpty()) {
            problems.add(path + ".nodes: " + String.join(",", nodes) + " (expected: a list of host:port, or " + path
                    + ".name, not both)");
        }
        return problems;
    }
}
