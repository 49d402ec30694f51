package io.exai.provider.router;

import io.exai.provider.breaker.Health;
import io.exai.provider.breaker.Phase;
import io.exai.provider.catalogue.Catalogue;
import io.exai.provider.catalogue.Model;
import io.exai.provider.router.Plan.Choice;
import io.exai.provider.router.Plan.Exclusion;
import io.exai.provider.setting.ProviderSettings;
import io.exai.provider.setting.RouteSettings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The one path from a question to the models that may answer it: the named one, or by what the question needs, by health,
 * price and preference; others stand in. For use by any thread.
 */
public final class Router {
    /** No name at all. */
    public static final String AUTO = "auto";

    /** A budget is known to one part in so many. */
    private static final int BUDGET_STEPS = 16;

    private static final int MOST_CACHED = 2_000;

    private final Catalogue catalogue;
    private final RouteSettings settings;
    private final @Nullable Model preferred;
    private final Health health;
    private final LongSupplier clock;
    private final Map<Key, Cached> cache = new ConcurrentHashMap<>();

    private record Key(String asked, Need need, long maxNanos) {}

    private record Cached(Plan plan, long since, long changes) {}

    /**
     * Decides with these facts.
     *
     * @param clock as {@link System#nanoTime}
     */
    public Router(Catalogue catalogue, ProviderSettings settings, Health health, LongSupplier clock) {
        this.catalogue = catalogue;
        this.settings = settings.route();
        this.preferred = catalogue.find(settings.defaultModel()).orElse(null);
        this.health = health;
        this.clock = clock;
    }

    /**
     * The models to ask, one after the other, at most as many as the settings allow; none when no model can answer.
     *
     * @param asked a name or alias, or {@link #AUTO}; the caller has checked that it is known
     * @param budgetNanos what may be spent at most, in billionths of a US dollar; 0 for no limit
     */
    public Plan plan(String asked, Need need, long budgetNanos) {
        Key key = new Key(asked, need.rounded(), limit(budgetNanos));
        Cached cached = cache.get(key);
        long now = clock.getAsLong();
        if (cached == null
                || now - cached.since() >= settings.cache().toNanos()
                || cached.changes() != health.changes()) {
            cached = new Cached(decide(key), now, health.changes());
            if (cache.size() >= MOST_CACHED) {
                cache.clear();
            }
            cache.put(key, cached);
        }
        return cached.plan();
    }

    /** The lower of both limits; budgets change with every call, so they are rounded to keep plans alike. */
    private long limit(long budgetNanos) {
        long each = Math.round(settings.maxCost() * 1e9);
        long step = Math.max(1, Long.highestOneBit(budgetNanos) / BUDGET_STEPS);
        long budget = budgetNanos == 0 ? 0 : Math.max(1, budgetNanos / step * step);
        return each == 0 || budget == 0 ? Math.max(each, budget) : Math.min(each, budget);
    }

    private Plan decide(Key key) {
        Fitness fitness = new Fitness(key.need(), key.maxNanos());
        List<Exclusion> excluded = new ArrayList<>();
        List<Choice> choices = new ArrayList<>();
        Model named =
                key.asked().equals(AUTO) ? null : catalogue.find(key.asked()).orElse(null);
        if (named != null) {
            add(named, "named by the caller", fitness, choices, excluded);
        }
        String unfit = excluded.isEmpty()
                ? ""
                : ", as " + key.asked() + ' ' + excluded.get(0).why();
        if (named == null || settings.fallback().equals("always")) {
            addOthers(named, unfit, fitness, choices, excluded);
        }
        for (Choice choice : choices) {
            if (health.phase(choice.model().provider()) == Phase.OPEN) {
                excluded.add(new Exclusion(choice.model(), choice.model().provider() + " fails at present"));
            }
        }
        return new Plan(key.asked(), ordered(named, choices), excluded);
    }

    private void addOthers(
            @Nullable Model named, String unfit, Fitness fitness, List<Choice> choices, List<Exclusion> excluded) {
        if (preferred != null && !preferred.equals(named)) {
            add(preferred, "the default-model of the settings" + unfit, fitness, choices, excluded);
        }
        String reason = Ranking.reason(fitness.need().preference()) + unfit;
        catalogue.models().stream()
                .filter(model -> !model.equals(named) && !model.equals(preferred) && isReal(model))
                .sorted(Ranking.by(fitness))
                .forEach(model -> add(model, reason, fitness, choices, excluded));
    }

    /** The sandbox stands in for nobody: it has no model behind it. */
    private boolean isReal(Model model) {
        return !model.provider().equals(ProviderSettings.SANDBOX)
                || catalogue.models().stream()
                        .allMatch(other -> other.provider().equals(ProviderSettings.SANDBOX));
    }

    private static void add(Model model, String why, Fitness fitness, List<Choice> choices, List<Exclusion> excluded) {
        fitness.problem(model)
                .ifPresentOrElse(
                        problem -> excluded.add(new Exclusion(model, problem)),
                        () -> choices.add(new Choice(model, why)));
    }

    /** Those whose provider is well come first; each provider is tried once before any is tried twice. */
    private List<Choice> ordered(@Nullable Model named, List<Choice> choices) {
        List<Choice> well = choices.stream()
                .sorted(Comparator.comparingInt(choice -> illness(choice.model(), named)))
                .toList();
        Set<String> providers = new LinkedHashSet<>();
        List<Choice> first = new ArrayList<>();
        List<Choice> later = new ArrayList<>();
        for (Choice choice : well) {
            (providers.add(choice.model().provider()) ? first : later).add(choice);
        }
        first.addAll(later);
        int most = named == null && settings.fallback().equals("never") ? 1 : settings.models();
        return first.subList(0, Math.min(most, first.size()));
    }

    /** Whom the caller named keeps its place while it can be asked at all. */
    private int illness(Model model, @Nullable Model named) {
        if (health.phase(model.provider()) == Phase.OPEN) {
            return 2;
        }
        return health.isPaused(model.provider()) && !model.equals(named) ? 1 : 0;
    }
}
