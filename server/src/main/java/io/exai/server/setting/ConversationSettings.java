package io.exai.server.setting;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How long conversations are remembered.
 *
 * @param lifetime one in which nobody takes a turn for this long is forgotten
 */
public record ConversationSettings(Duration lifetime) {
    List<String> problems(String path) {
        List<String> problems = new ArrayList<>();
        Range.check(problems, path + ".lifetime", lifetime, Duration.ofMinutes(1), Duration.ofDays(365));
        return problems;
    }
}
