package io.exai.server.bench.resilience;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a call costs more for several nodes and for many sessions. */
final class Speed implements Trial {
    private static final String HEAD = Findings.head("speed", "base", "measured", "ratio", "aim", "verdict");

    /** Nothing of the default budgets gets in the way. */
    static final Map<String, String> ENVIRONMENT = Map.of("EXAI_WS_GLOBAL_MAX_INFLIGHT", "400", "EXAI_SANDBOX", "on");

    /** The sandbox inside the daemon answers at once. */
    static final String MODEL = "sandbox-echo";

    /**
     * One figure against another.
     *
     * @param unit behind both
     * @param aim of {@code measured} over {@code base}
     * @param most whether the aim is the most it may be, else the least
     */
    record Line(String what, String unit, double base, double measured, double aim, boolean most) {
        boolean isReached() {
            return base > 0 && measured > 0 && (most ? ratio() <= aim : ratio() >= aim);
        }

        String row() {
            return Findings.row(
                    what,
                    number(base),
                    number(measured),
                    String.format(Locale.ROOT, "%.2f", ratio()),
                    (most ? "<= " : ">= ") + aim,
                    isReached() ? "ok" : "missed");
        }

        private double ratio() {
            return measured / base;
        }

        private String number(double figure) {
            return String.format(Locale.ROOT, figure < 100 ? "%.2f %s" : "%.0f %s", figure, unit);
        }
    }

    @Override
    public Findings run(Plan plan) throws Exception {
        List<Line> lines = new ArrayList<>();
        Arena.Wanted wanted = Arena.Wanted.of(ENVIRONMENT, List.of(), List.of("--latency", "0ms"))
                .withoutRelays();
        try (Arena arena = new Arena(wanted)) {
            Drive.warmUp(arena);
            lines.addAll(Distance.measure(arena));
            lines.addAll(Throughput.measure(arena, plan.window()));
            lines.addAll(Throng.measure(arena, plan.window()));
        }
        return new Findings(
                HEAD, lines.stream().map(Line::row).toList(), lines.stream().allMatch(Line::isReached));
    }
}
