package io.exai.cluster;

import java.time.Duration;
import java.util.List;

/**
 * How a node goes.
 *
 * @param grace between saying that it is not ready and closing its connections
 */
public record DrainSettings(Duration grace) {
    List<String> problems(String path) {
        return grace.isNegative() || grace.compareTo(Duration.ofMinutes(1)) > 0
                ? List.of(path + ".grace: " + grace.toMillis() + "ms (expected: 0s to 60s)")
                : List.of();
    }
}
