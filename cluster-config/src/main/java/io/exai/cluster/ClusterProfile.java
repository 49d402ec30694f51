package io.exai.cluster;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.List;

/**
 * How this node meets others.
 *
 * @param profile {@code local}: a cluster of one
 */
public record ClusterProfile(String profile) {
    private static final List<String> KNOWN = List.of("local");

    /** What is out of range, one line each. */
    public List<String> problems(String path) {
        return KNOWN.contains(profile)
                ? List.of()
                : List.of(path + ".profile: " + profile + " (expected: " + String.join(", ", KNOWN) + ")");
    }

    /** What Pekko has to be told, to be laid over {@code reference.conf}. */
    public Config pekkoConfig() {
        return ConfigFactory.parseResourcesAnySyntax("cluster-" + profile);
    }
}
