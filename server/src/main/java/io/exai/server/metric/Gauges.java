package io.exai.server.metric;

import io.exai.provider.actor.Provider;
import io.exai.provider.breaker.Phase;
import io.exai.server.quota.Quota;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryUsage;
import java.lang.management.ThreadMXBean;
import kamon.metric.Counter;
import kamon.metric.Metric;
import kamon.tag.TagSet;

/** How full things are, as of the last survey; for use by one thread at a time. */
final class Gauges {
    private static final MemoryMXBean MEMORY = ManagementFactory.getMemoryMXBean();
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Metric.Gauge inFlight;
    private final Metric.Gauge waiting;
    private final Metric.Gauge permits;
    private final Metric.Gauge permitLimit;
    private final Metric.Gauge breakerState;
    private final Counter breakerChanges;
    private final Metric.Gauge quotaInUse;
    private final Metric.Gauge quotaWaiting;
    private final Metric.Gauge spent;
    private final Metric.Gauge connections;
    private final Metric.Gauge sessions;
    private final Metric.Gauge memory;
    private final Metric.Gauge threads;
    private long changesTold;

    Gauges(Registry registry) {
        this.inFlight = registry.gauge("provider.in.flight", "Calls of a provider that have a permit on this node");
        this.waiting = registry.gauge("provider.waiting", "Calls that wait on this node for a permit of a provider");
        this.permits = registry.gauge("provider.permits", "Permits of a provider that this node has");
        this.permitLimit = registry.gauge("provider.permit.limit", "Permits of a provider on all nodes together");
        this.breakerState = registry.gauge("breaker.state", "Breaker of a provider: 0 closed, 1 open, 2 half-open");
        this.breakerChanges = registry.counter("breaker.changes", "Times that a breaker has opened or closed")
                .withoutTags();
        this.quotaInUse = registry.gauge("quota.in.use", "Tool calls that ask a model now, on this node");
        this.quotaWaiting = registry.gauge("quota.waiting", "Tool calls that wait on this node to ask a model");
        this.spent = registry.gauge("spent.today.usd", "US dollars spent since midnight UTC, on all nodes");
        this.connections = registry.gauge("connections", "WebSockets and response streams that are open");
        this.sessions = registry.gauge("sessions", "Sessions in memory");
        this.memory = registry.bytes("jvm.memory", "Memory of the Java machine");
        this.threads = registry.gauge("jvm.threads", "Threads of the Java machine");
    }

    void provider(Provider.Description description) {
        TagSet provider = TagSet.of("provider", Labels.value(description.provider()));
        inFlight.withTags(provider).update(description.inFlight());
        waiting.withTags(provider).update(description.waiting());
        permits.withTags(provider).update(description.leased());
        permitLimit.withTags(provider).update(description.limit());
        breakerState.withTags(provider).update(state(description.breaker()));
    }

    void quota(Quota.Description description) {
        quotaInUse.withoutTags().update(description.held());
        quotaWaiting.withoutTags().update(description.waiting());
    }

    /** What can be read without asking anybody. */
    void node(Sources sources) {
        spent.withoutTags().update(sources.spending().figures().all().costNanos() / 1e9);
        connections.withoutTags().update((double) sources.connections().getAsLong());
        sessions.withoutTags().update((double) sources.sessions().getAsLong());
        threads.withoutTags().update(THREADS.getThreadCount());
        memory("heap", MEMORY.getHeapMemoryUsage());
        memory("other", MEMORY.getNonHeapMemoryUsage());
        breakerChanges(sources.breakers().changes());
    }

    private void memory(String area, MemoryUsage usage) {
        TagSet labels = TagSet.of("area", area);
        memory.withTags(labels.withTag("kind", "used")).update((double) usage.getUsed());
        memory.withTags(labels.withTag("kind", "committed")).update((double) usage.getCommitted());
        if (usage.getMax() >= 0) {
            memory.withTags(labels.withTag("kind", "max")).update((double) usage.getMax());
        }
    }

    private void breakerChanges(long now) {
        if (now > changesTold) {
            breakerChanges.increment(now - changesTold);
            changesTold = now;
        }
    }

    private static int state(Phase phase) {
        return switch (phase) {
            case CLOSED -> 0;
            case OPEN -> 1;
            case HALF_OPEN -> 2;
        };
    }
}
