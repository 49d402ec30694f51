package io.exai.provider.setting;

import java.time.Duration;
import java.util.List;

/**
 * How often one provider is asked for the same answer.
 *
 * @param attempts in all, the first included
 * @param base the longest pause before the second attempt; each further one doubles it
 * @param cap the longest pause at all
 */
public record RetrySettings(int attempts, Duration base, Duration cap) {
    List<String> problems(String path) {
        var problems = new Problems(path);
        problems.whole("attempts", attempts, 1, 20);
        problems.duration("base", base, Duration.ZERO, Duration.ofMinutes(1));
        problems.duration("cap", cap, base, Duration.ofMinutes(10));
        return problems.list();
    }
}
