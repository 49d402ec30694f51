package io.exai.server.setting;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How the op protocol is spoken.
 *
 * @param authenticateInHello whether a client may connect without a token and show it in its hello
 * @param closeSilent whether a connection that never says anything is closed
 * @param compatText whether results carry their text a second time
 * @param retryAfter what OVER_CAPACITY tells a client to wait at least
 */
public record OpSettings(
        Duration helloTimeout,
        boolean authenticateInHello,
        boolean closeSilent,
        boolean compatText,
        Duration retryAfter) {
    List<String> problems(String path) {
        List<String> problems = new ArrayList<>();
        Range.check(problems, path + ".hello-timeout", helloTimeout, Duration.ofSeconds(1), Duration.ofSeconds(300));
        Range.check(problems, path + ".retry-after", retryAfter, Duration.ofSeconds(1), Duration.ofHours(1));
        return problems;
    }
}
