package io.exai.server.metric;

import io.exai.provider.actor.Effort;
import io.exai.provider.catalogue.Model;
import io.exai.provider.chat.ProviderFailure;
import io.exai.provider.chat.Usage;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import kamon.metric.Counter;
import kamon.tag.TagSet;

/** Counts with Kamon; each set of labels is looked up once, and there are only as many as there are models and tools. */
final class KamonMeter implements Meter {
    private static final String OTHER = "other";

    private final Instruments instruments;
    private final Set<ModelKey> knownModels;
    private final Set<String> knownTools;
    private final Map<ModelKey, ModelMeter> models = new ConcurrentHashMap<>();
    private final Map<Fallback, Counter> fallbacks = new ConcurrentHashMap<>();
    private final Map<ToolEnding, Counter> endings = new ConcurrentHashMap<>();

    private record ModelKey(String provider, String name) {
        static ModelKey of(Model model) {
            return new ModelKey(model.provider(), model.name());
        }
    }

    private record Fallback(String from, String to) {}

    private record ToolEnding(String tool, Ending ending) {}

    /** Any other model, any other tool, counts as {@code other}. */
    KamonMeter(Registry registry, List<Model> models, Set<String> tools) {
        this.instruments = new Instruments(registry);
        this.knownModels = models.stream().map(ModelKey::of).collect(Collectors.toUnmodifiableSet());
        this.knownTools = Set.copyOf(tools);
    }

    @Override
    public void answered(Model model, Usage usage, long costNanos, Effort effort) {
        of(model).answered(usage, costNanos, effort);
    }

    @Override
    public void failed(Model model, ProviderFailure.Kind kind, int attempts) {
        of(model).failed(kind, attempts);
    }

    @Override
    public void fellBack(Model from, Model to) {
        fallbacks
                .computeIfAbsent(new Fallback(known(from).name(), known(to).name()), this::counter)
                .increment();
    }

    @Override
    public void ended(String tool, Ending ending) {
        String known = knownTools.contains(tool) ? tool : OTHER;
        endings.computeIfAbsent(new ToolEnding(known, ending), this::counter).increment();
    }

    private ModelMeter of(Model model) {
        return models.computeIfAbsent(
                known(model),
                key -> new ModelMeter(instruments, Labels.value(key.provider()), Labels.value(key.name())));
    }

    private ModelKey known(Model model) {
        ModelKey key = ModelKey.of(model);
        return knownModels.contains(key) ? key : new ModelKey(OTHER, OTHER);
    }

    private Counter counter(Fallback step) {
        return instruments.fallbacks.withTags(
                TagSet.of("from", Labels.value(step.from())).withTag("to", Labels.value(step.to())));
    }

    private Counter counter(ToolEnding end) {
        return instruments.endings.withTags(TagSet.of("tool", Labels.value(end.tool()))
                .withTag("outcome", end.ending().label()));
    }
}
