package io.exai.server.setting;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How long a call may take, from the inside out: tool, daemon, bridge, client. Each outer layer waits longer than the
 * one inside it, so that the innermost one that knows why is the one that answers.
 *
 * @param simple deadline of tools that make one short step
 * @param workflow deadline of tools that ask a model
 * @param daemonFactor the daemon gives a call up after this multiple of its tool's deadline
 * @param heartbeat how often a silent call tells a client that asked for progress that it is alive
 */
public record DeadlineSettings(
        Duration simple,
        Duration workflow,
        double daemonFactor,
        double bridgeFactor,
        double clientFactor,
        Duration heartbeat) {
    private static final Duration LONGEST = Duration.ofHours(1);

    List<String> problems(String path) {
        List<String> problems = new ArrayList<>();
        Range.check(problems, path + ".simple", simple, Duration.ofMillis(100), LONGEST);
        Range.check(problems, path + ".workflow", workflow, Duration.ofMillis(100), LONGEST);
        if (simple.compareTo(workflow) > 0) {
            problems.add(path + ".simple: " + Range.text(simple) + " (expected: at most workflow = "
                    + Range.text(workflow) + ")");
        }
        factor(problems, path + ".daemon-factor", daemonFactor, 1.5, "1.5");
        factor(
                problems,
                path + ".bridge-factor",
                bridgeFactor,
                Math.max(2.0, above(daemonFactor)),
                "2.0 and above daemon-factor");
        factor(
                problems,
                path + ".client-factor",
                clientFactor,
                Math.max(2.5, above(bridgeFactor)),
                "2.5 and above bridge-factor");
        Range.check(problems, path + ".heartbeat", heartbeat, Duration.ofMillis(100), Duration.ofSeconds(60));
        return problems;
    }

    /** When the daemon gives up on a call whose tool has that deadline. */
    public Duration daemon(Duration tool) {
        return Duration.ofMillis((long) (tool.toMillis() * daemonFactor));
    }

    /** How long a client should wait at least for a call of a tool with that deadline. */
    public Duration client(Duration tool) {
        return Duration.ofMillis((long) (tool.toMillis() * clientFactor));
    }

    private static double above(double inner) {
        return Math.nextUp(inner);
    }

    private static void factor(List<String> problems, String key, double value, double least, String expected) {
        if (!(value >= least) || value > 100) {
            problems.add(key + ": " + value + " (expected: at least " + expected + ", at most 100)");
        }
    }
}
