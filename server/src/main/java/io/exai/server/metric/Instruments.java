package io.exai.server.metric;

import kamon.metric.Metric;

/** What is counted and measured on the path of calls. */
final class Instruments {
    private static final String DOLLARS = "cost.usd.total";

    final Metric.Counter calls;
    final Metric.Counter attempts;
    final Metric.Histogram callTime;
    final Metric.Histogram firstTokenTime;
    final Metric.Counter tokens;
    final Metric.Gauge cost;
    final Metric.Counter fallbacks;
    final Metric.Counter endings;

    Instruments(Registry registry) {
        this.calls = registry.counter("provider.calls", "Calls of models that have ended");
        this.attempts = registry.counter("provider.attempts", "Requests to providers, repeated ones included");
        this.callTime = registry.times("provider.call", "From the request that was answered to the end of its answer");
        this.firstTokenTime =
                registry.times("provider.first.token", "From the request that was answered to the begin of its answer");
        this.tokens = registry.counter("tokens", "Tokens of answered calls; cached ones are part of the input");
        this.cost = registry.gauge(DOLLARS, "What answered calls cost, in US dollars");
        this.fallbacks = registry.counter("fallbacks", "Models asked because another had failed");
        this.endings = registry.counter("calls", "Tool calls that are over");
    }

    /** Kamon counts in whole numbers; what costs less than a dollar needs a gauge that only grows. */
    static String withDollarsAsCounter(String text) {
        return text.replace("# TYPE exai_cost_usd_total gauge\n", "# TYPE exai_cost_usd_total counter\n");
    }
}
