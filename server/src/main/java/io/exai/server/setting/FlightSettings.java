package io.exai.server.setting;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How equal calls share their answers.
 *
 * @param resultTtl how long an answer is given to later calls at most
 * @param memoryEntries answers of up to 4096 characters that a node remembers; longer ones count as several
 * @param distinctTools tools whose equal calls share nothing, and are never a duplicate of each other
 */
public record FlightSettings(Duration resultTtl, int memoryEntries, List<String> distinctTools) {
    List<String> problems(String path) {
        List<String> problems = new ArrayList<>();
        Range.check(problems, path + ".result-ttl", resultTtl, Duration.ZERO, Duration.ofDays(7));
        Range.check(problems, path + ".memory-entries", memoryEntries, 0, 10_000_000);
        return problems;
    }
}
