package io.exai.server.metric;

import io.exai.provider.actor.Effort;
import io.exai.provider.chat.ProviderFailure;
import io.exai.provider.chat.Usage;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import kamon.metric.Counter;
import kamon.metric.Gauge;
import kamon.metric.Histogram;
import kamon.metric.Metric;
import kamon.tag.TagSet;

/** The instruments of one model, found once. */
final class ModelMeter {
    private final Metric.Counter calls;
    private final TagSet labels;
    private final Counter answered;
    private final Map<ProviderFailure.Kind, Counter> failed = new ConcurrentHashMap<>();
    private final Counter attempts;
    private final Histogram callTime;
    private final Histogram firstTokenTime;
    private final Counter input;
    private final Counter output;
    private final Counter cached;
    private final Gauge cost;

    ModelMeter(Instruments instruments, String provider, String model) {
        this.calls = instruments.calls;
        this.labels = TagSet.of("provider", provider).withTag("model", model);
        this.answered = outcome("answered");
        this.attempts = instruments.attempts.withTag("provider", provider);
        this.callTime = instruments.callTime.withTags(labels);
        this.firstTokenTime = instruments.firstTokenTime.withTags(labels);
        this.input = instruments.tokens.withTags(labels.withTag("direction", "input"));
        this.output = instruments.tokens.withTags(labels.withTag("direction", "output"));
        this.cached = instruments.tokens.withTags(labels.withTag("direction", "cached"));
        this.cost = instruments.cost.withTags(labels);
    }

    void answered(Usage usage, long costNanos, Effort effort) {
        answered.increment();
        count(attempts, effort.attempts());
        callTime.record(micros(effort.total()));
        firstTokenTime.record(micros(effort.firstToken()));
        count(input, usage.inputTokens());
        count(output, usage.outputTokens());
        count(cached, usage.cachedTokens());
        if (costNanos > 0) {
            cost.increment(costNanos / 1e9);
        }
    }

    void failed(ProviderFailure.Kind kind, int requests) {
        failed.computeIfAbsent(kind, each -> outcome(each.name().toLowerCase(Locale.ROOT)))
                .increment();
        count(attempts, requests);
    }

    private Counter outcome(String outcome) {
        return calls.withTags(labels.withTag("outcome", outcome));
    }

    /** A vendor may say anything. */
    private static void count(Counter counter, long times) {
        if (times > 0) {
            counter.increment(times);
        }
    }

    private static long micros(Duration time) {
        return Math.max(0, time.toNanos() / 1_000);
    }
}
