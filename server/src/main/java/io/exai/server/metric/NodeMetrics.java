package io.exai.server.metric;

import com.typesafe.config.Config;
import io.exai.provider.catalogue.Catalogue;
import io.exai.server.setting.MetricSettings;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.jspecify.annotations.Nullable;

/** The metrics of one node: first their meter, for those who count, and then their page, when all who are asked are there. */
public final class NodeMetrics {
    /** Longer than a survey takes. */
    private static final Duration PATIENCE = Survey.PATIENCE.plusSeconds(4);

    private final MetricSettings settings;
    private final @Nullable Registry registry;
    private final Meter meter;

    private NodeMetrics(MetricSettings settings, @Nullable Registry registry, Meter meter) {
        this.settings = settings;
        this.registry = registry;
        this.meter = meter;
    }

    /**
     * Counts nothing when they are off.
     *
     * @param config with Kamon's section in it
     * @param tools the names there are
     */
    public static NodeMetrics of(MetricSettings settings, Config config, Catalogue catalogue, Set<String> tools) {
        if (!settings.enabled()) {
            return new NodeMetrics(settings, null, Meter.none());
        }
        Registry registry = new Registry(config);
        return new NodeMetrics(settings, registry, new KamonMeter(registry, catalogue.models(), tools));
    }

    public Meter meter() {
        return meter;
    }

    /** To be called once. */
    public Scrape open(ActorSystem<?> system, Sources sources) {
        if (registry == null) {
            return Scrape.off();
        }
        var parts = new Survey.Parts(registry, new Gauges(registry), sources, settings.interval(), System::nanoTime);
        ActorRef<Survey.Command> survey = system.systemActorOf(Survey.create(parts), "metrics", Props.empty());
        return () -> AskPattern.<Survey.Command, Survey.Page>ask(survey, Survey.Read::new, PATIENCE, system.scheduler())
                .thenApplyAsync(page -> Optional.of(page.text()), system.executionContext());
    }
}
