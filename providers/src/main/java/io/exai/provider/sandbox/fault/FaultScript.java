package io.exai.provider.sandbox.fault;

import io.exai.provider.sandbox.wire.Address;
import io.exai.provider.sandbox.wire.Dialect;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The rules in force, and how often each was used; safe for any thread. */
public final class FaultScript {
    private final Random random;
    private volatile List<Line> lines = List.of();

    /** A rule with the number of its uses. */
    public record Use(FaultRule rule, int used) {}

    private static final class Line {
        private final FaultRule rule;
        private int used;

        Line(FaultRule rule) {
            this.rule = rule;
        }
    }

    /** The same seed decides the same shares. */
    public FaultScript(long seed) {
        this.random = new Random(seed);
    }

    /** Forgets the rules before. */
    public void replace(List<FaultRule> rules) {
        lines = rules.stream().map(Line::new).toList();
    }

    public synchronized List<Use> uses() {
        return lines.stream().map(line -> new Use(line.rule, line.used)).toList();
    }

    /** The fault of the first rule that matches and is not used up. */
    public @Nullable Fault next(Dialect dialect, String model, Address address) {
        return lines.isEmpty() ? null : draw(dialect, model, address);
    }

    private synchronized @Nullable Fault draw(Dialect dialect, String model, Address address) {
        for (Line line : lines) {
            Integer count = line.rule.count();
            boolean left = count == null || line.used < count;
            if (left && line.rule.matches(dialect, model, address)) {
                if (line.rule.share() < 1 && random.nextDouble() >= line.rule.share()) {
                    continue;
                }
                line.used++;
                return line.rule.fault();
            }
        }
        return null;
    }
}
