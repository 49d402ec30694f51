package io.exai.cluster;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How this node meets others.
 *
 * @param profile {@code local}: a cluster of one; {@code cluster}: one of several nodes on one PostgreSQL database
 * @param size nodes that the complete cluster has; 0 for as many as there are seeds
 * @param splitBrain {@code auto}, {@code keep-majority} or {@code lease-majority}
 */
public record ClusterProfile(
        String profile,
        int size,
        String splitBrain,
        NodeSettings node,
        SeedSettings seed,
        DrainSettings drain,
        TlsSettings tls) {
    private static final String CLUSTER = "cluster";
    private static final List<String> PROFILES = List.of("local", CLUSTER);
    private static final String AUTO = "auto";
    private static final String LEASE_MAJORITY = "lease-majority";
    private static final String KEEP_MAJORITY = "keep-majority";
    private static final List<String> STRATEGIES = List.of(AUTO, KEEP_MAJORITY, LEASE_MAJORITY);

    /** Beside the largest call, what else is in its message. */
    private static final int ENVELOPE = 256 * 1024;

    /** What is out of range, one line each. */
    public List<String> problems(String path) {
        if (!PROFILES.contains(profile)) {
            return List.of(path + ".profile: " + profile + " (expected: one of " + String.join(", ", PROFILES) + ")");
        }
        return isLocal() ? List.of() : problemsTogether(path);
    }

    private List<String> problemsTogether(String path) {
        List<String> problems = new ArrayList<>();
        if (size < 0 || size > 1000) {
            problems.add(path + ".size: " + size + " (expected: 0 to 1000)");
        }
        if (!STRATEGIES.contains(splitBrain)) {
            problems.add(
                    path + ".split-brain: " + splitBrain + " (expected: one of " + String.join(", ", STRATEGIES) + ")");
        }
        problems.addAll(node.problems(path + ".node"));
        problems.addAll(seed.problems(path + ".seed"));
        problems.addAll(drain.problems(path + ".drain"));
        problems.addAll(tls.problems(path + ".tls"));
        return problems;
    }

    /** Whether this node stays alone. */
    public boolean isLocal() {
        return !profile.equals(CLUSTER);
    }

    /** What Pekko has to be told when the node stays alone, to be laid over {@code reference.conf}. */
    public Config alone() {
        return ConfigFactory.parseResourcesAnySyntax("cluster-local");
    }

    /**
     * What Pekko has to be told when the node meets others, to be laid over {@code reference.conf}.
     *
     * @param largestCall longest text that one message between nodes has to carry, in bytes
     */
    public Config together(Meeting meeting, long largestCall) {
        Map<String, Object> values = new HashMap<>();
        values.put("pekko.remote.artery.canonical.hostname", meeting.self().host());
        values.put("pekko.remote.artery.canonical.port", meeting.self().port());
        values.put("pekko.remote.artery.bind.hostname", node.bindHost());
        values.put("pekko.remote.artery.bind.port", node.bindPort() == 0 ? "" : node.bindPort());
        values.put("pekko.remote.artery.advanced.maximum-frame-size", largestCall + ENVELOPE + " B");
        values.put("pekko.cluster.split-brain-resolver.active-strategy", strategy(meeting));
        values.put(
                "pekko.coordinated-shutdown.phases.before-service-unbind.timeout",
                drain.grace().plusSeconds(2).toMillis() + "ms");
        values.putAll(tls.pekkoValues());
        return ConfigFactory.parseMap(values).withFallback(ConfigFactory.parseResourcesAnySyntax("cluster-cluster"));
    }

    /** Two nodes have no majority when they part: a lease decides. */
    private String strategy(Meeting meeting) {
        int nodes = size == 0 ? meeting.seeds().size() : size;
        if (!splitBrain.equals(AUTO)) {
            return splitBrain;
        }
        return nodes == 2 ? LEASE_MAJORITY : KEEP_MAJORITY;
    }
}
