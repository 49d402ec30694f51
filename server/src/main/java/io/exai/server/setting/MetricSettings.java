package io.exai.server.setting;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What Prometheus is told.
 *
 * @param enabled whether anything is counted, and shown
 * @param interval how old figures may be that somebody has to be asked for
 */
public record MetricSettings(boolean enabled, Duration interval) {
    List<String> problems(String path) {
        List<String> problems = new ArrayList<>();
        Range.check(problems, path + ".interval", interval, Duration.ofSeconds(1), Duration.ofMinutes(5));
        return problems;
    }
}
