package io.exai.server.bench;

import io.exai.server.bench.load.LoadReport;
import io.exai.server.bench.process.Rate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;

/** The rounds of one figure in which yardstick and daemon took turns. */
final class Comparison {
    private final String figure;
    private final String unit;
    private final List<LoadReport> daemon = new ArrayList<>();
    private final List<Rate> yardstick = new ArrayList<>();

    /** {@code unit} is that of the yardstick. */
    Comparison(String figure, String unit) {
        this.figure = figure;
        this.unit = unit;
    }

    void add(Rate rate, LoadReport report) {
        Progress.say("%s: %.0f %s at %.0f us, then %s", figure, rate.perSecond(), unit, rate.cpuMicros(), text(report));
        yardstick.add(rate);
        daemon.add(report);
    }

    /** The median of the ratios of the rounds has to reach {@code aim}, without a failed call. */
    Row row(double aim) {
        return row(">= " + aim, Verdict.of(ratio() >= aim && failures() == 0));
    }

    Row row() {
        return row("", Verdict.INFORMATION);
    }

    private Row row(String aim, Verdict verdict) {
        var measured = "%.0f calls/s, p50 %.2f ms, p99 %.1f ms, CPU %.0f us%s"
                .formatted(
                        median(LoadReport::rate),
                        median(LoadReport::p50),
                        median(LoadReport::p99),
                        median(LoadReport::cpuMicros),
                        failures() == 0 ? "" : ", " + failures() + " failed");
        var perSecond = Median.of(yardstick.stream().map(Rate::perSecond).toList());
        var micros = Median.of(yardstick.stream().map(Rate::cpuMicros).toList());
        var against = "%.0f %s, CPU %.0f us".formatted(perSecond, unit, micros);
        var result = "%.2f (by CPU %.2f)".formatted(ratio(), cpuRatio());
        return new Row(figure, measured, against, result, aim, verdict);
    }

    private double ratio() {
        return ratio((report, rate) -> report.rate() / rate.perSecond());
    }

    private double cpuRatio() {
        return ratio((report, rate) -> rate.cpuMicros() / report.cpuMicros());
    }

    private double ratio(ToDoubleBiFunction<LoadReport, Rate> ofRound) {
        var ratios = new ArrayList<Double>();
        for (int i = 0; i < daemon.size(); i++) {
            ratios.add(ofRound.applyAsDouble(daemon.get(i), yardstick.get(i)));
        }
        return Median.of(ratios);
    }

    private double median(ToDoubleFunction<LoadReport> part) {
        return Median.of(daemon.stream().mapToDouble(part).boxed().toList());
    }

    private long failures() {
        return daemon.stream().mapToLong(LoadReport::failures).sum();
    }

    private static String text(LoadReport report) {
        return String.format(
                Locale.ROOT,
                "%.0f calls/s at %.0f us, p50 %.2f ms, p99 %.1f ms, server %.2f and generator %.2f processors, %d MB, errors %s",
                report.rate(),
                report.cpuMicros(),
                report.p50(),
                report.p99(),
                report.serverCores(),
                report.generatorCores(),
                report.serverMb(),
                report.errors());
    }
}
