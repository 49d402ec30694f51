package io.exai.server.metric;

import com.typesafe.config.Config;
import java.time.Duration;
import kamon.metric.DynamicRange;
import kamon.metric.MeasurementUnit;
import kamon.metric.Metric;
import kamon.metric.MetricRegistry;
import kamon.metric.PeriodSnapshot;
import kamon.prometheus.PrometheusSettings;
import kamon.prometheus.ScrapeDataBuilder;
import kamon.tag.TagSet;
import kamon.util.Clock;
import scala.Option;

/**
 * The metrics of one node, as Kamon keeps and writes them. It is not Kamon's own registry, which all of a process share and
 * whose threads outlive a daemon: this one has no threads, and ends with whoever has it.
 */
final class Registry {
    private static final String PREFIX = "exai.";
    private static final Option<Duration> NEVER = Option.empty();

    /** From one microsecond to the longest deadline there is. */
    private static final DynamicRange TIMES =
            new DynamicRange(1, Duration.ofHours(1).toNanos() / 1_000, 2);

    private final MetricRegistry metrics;
    private final PrometheusSettings.Generic format;

    /** Of {@code config} it takes the section {@code kamon}. */
    Registry(Config config) {
        this.metrics = new MetricRegistry(config, new Clock.Anchored());
        this.format = PrometheusSettings.readSettings(config.getConfig("kamon.prometheus"));
    }

    /** Shown as {@code exai_NAME_total}, with dots as underscores. */
    Metric.Counter counter(String name, String meaning) {
        return metrics.counter(PREFIX + name, Option.apply(meaning), Option.empty(), NEVER);
    }

    /** Shown as {@code exai_NAME}. */
    Metric.Gauge gauge(String name, String meaning) {
        return metrics.gauge(PREFIX + name, Option.apply(meaning), Option.empty(), NEVER);
    }

    /** Shown as {@code exai_NAME_bytes}. */
    Metric.Gauge bytes(String name, String meaning) {
        Option<MeasurementUnit> bytes =
                Option.apply(MeasurementUnit.information().bytes());
        return metrics.gauge(PREFIX + name, Option.apply(meaning), bytes, NEVER);
    }

    /** Takes microseconds; shown as {@code exai_NAME_seconds}. */
    Metric.Histogram times(String name, String meaning) {
        Option<MeasurementUnit> micros = Option.apply(MeasurementUnit.time().microseconds());
        return metrics.histogram(PREFIX + name, Option.apply(meaning), micros, Option.apply(TIMES), NEVER);
    }

    /** All there is, since the start. */
    String text() {
        PeriodSnapshot now = metrics.snapshot(false);
        String text = new ScrapeDataBuilder(format, TagSet.Empty())
                .appendCounters(now.counters())
                .appendGauges(now.gauges())
                .appendHistograms(now.histograms())
                .build();
        return Instruments.withDollarsAsCounter(text);
    }
}
