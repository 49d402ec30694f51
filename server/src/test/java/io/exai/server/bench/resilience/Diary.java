package io.exai.server.bench.resilience;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What one client has lived through. */
final class Diary {
    private final List<Long> answers = new ArrayList<>();
    private final List<Long> times = new ArrayList<>();
    private final Map<String, Integer> marks = new LinkedHashMap<>();
    private final List<Long> cuts = new ArrayList<>();
    private final Map<String, Integer> reasons = new LinkedHashMap<>();
    private final Map<String, Integer> attempts = new LinkedHashMap<>();
    private final List<String> failures = new ArrayList<>();
    private int redelivered;
    private int unmarked;

    void answered(Survivor.Ask ask, long at, JsonNode meta) {
        answers.add(at);
        times.add(at - ask.since());
        marks.merge(meta.path("io.exai/shared").asText("none"), 1, Integer::sum);
        attempts.put(ask.prompt(), meta.path("io.exai/attempts").asInt(1));
    }

    void cut(long at, String why) {
        cuts.add(at);
        reasons.merge(why, 1, Integer::sum);
    }

    void failed(String why) {
        failures.add(why);
    }

    void twice(boolean marked) {
        if (marked) {
            redelivered++;
        } else {
            unmarked++;
        }
    }

    /** When answers came, by {@link System#nanoTime()}. */
    List<Long> answers() {
        return answers;
    }

    /** How long each answer took since its call was sent first, in nanoseconds. */
    List<Long> times() {
        return times;
    }

    /** Where answers that were shared came from by their own account, {@code none} for the others; how often each. */
    Map<String, Integer> marks() {
        return marks;
    }

    /** When connections ended, or could not be made. */
    List<Long> cuts() {
        return cuts;
    }

    /** Why connections ended, and how often. */
    Map<String, Integer> reasons() {
        return reasons;
    }

    /** How often the call of each prompt was started, by the daemon's account. */
    Map<String, Integer> attempts() {
        return attempts;
    }

    List<String> failures() {
        return failures;
    }

    /** Answers that came twice and said so. */
    int redelivered() {
        return redelivered;
    }

    /** Answers that came twice and did not say so. */
    int unmarked() {
        return unmarked;
    }
}
