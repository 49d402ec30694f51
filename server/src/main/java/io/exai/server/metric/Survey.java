package io.exai.server.metric;

import io.exai.provider.actor.Provider;
import io.exai.server.quota.Quota;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * Writes the page for Prometheus. Asks the providers and the quota how full they are when a page is wanted and the figures
 * are older than they may be; whoever does not answer in time keeps its last figures. Does nothing while nobody looks.
 */
final class Survey extends AbstractBehavior<Survey.Command> {
    sealed interface Command {}

    /** Asks for the page. */
    record Read(ActorRef<Page> replyTo) implements Command {}

    private record ProviderDescribed(Provider.Description description) implements Command {}

    private record QuotaDescribed(Quota.Description description) implements Command {}

    private record PatienceOver() implements Command {}

    record Page(String text) {}

    /**
     * What a survey works with.
     *
     * @param clock as {@link System#nanoTime}
     */
    record Parts(Registry registry, Gauges gauges, Sources sources, Duration interval, LongSupplier clock) {}

    static final Duration PATIENCE = Duration.ofSeconds(1);

    private static final String QUOTA = "";

    private final Parts parts;
    private final TimerScheduler<Command> timers;
    private final ActorRef<Provider.Description> descriptions;
    private final ActorRef<Quota.Description> quotaDescriptions;
    private final Set<String> silent = new HashSet<>();
    private final List<ActorRef<Page>> readers = new ArrayList<>();
    private boolean surveyed;
    private long surveyedAt;

    private Survey(ActorContext<Command> context, TimerScheduler<Command> timers, Parts parts) {
        super(context);
        this.timers = timers;
        this.parts = parts;
        this.descriptions = context.messageAdapter(Provider.Description.class, ProviderDescribed::new);
        this.quotaDescriptions = context.messageAdapter(Quota.Description.class, QuotaDescribed::new);
    }

    static Behavior<Command> create(Parts parts) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> new Survey(context, timers, parts)));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Read.class, this::read)
                .onMessage(ProviderDescribed.class, this::providerDescribed)
                .onMessage(QuotaDescribed.class, this::quotaDescribed)
                .onMessage(PatienceOver.class, over -> publish())
                .build();
    }

    private Behavior<Command> read(Read read) {
        readers.add(read.replyTo());
        if (!silent.isEmpty()) {
            return this;
        }
        return isFresh() ? publish() : begin();
    }

    private boolean isFresh() {
        return surveyed
                && parts.clock().getAsLong() - surveyedAt < parts.interval().toNanos();
    }

    private Behavior<Command> begin() {
        surveyed = true;
        surveyedAt = parts.clock().getAsLong();
        Sources sources = parts.sources();
        parts.gauges().node(sources);
        silent.addAll(sources.providers().keySet());
        silent.add(QUOTA);
        sources.providers().values().forEach(provider -> provider.tell(new Provider.Describe(descriptions)));
        sources.quota().tell(new Quota.Describe(quotaDescriptions));
        timers.startSingleTimer(new PatienceOver(), PATIENCE);
        return this;
    }

    private Behavior<Command> providerDescribed(ProviderDescribed described) {
        parts.gauges().provider(described.description());
        return heard(described.description().provider());
    }

    private Behavior<Command> quotaDescribed(QuotaDescribed described) {
        parts.gauges().quota(described.description());
        return heard(QUOTA);
    }

    private Behavior<Command> heard(String who) {
        return silent.remove(who) && silent.isEmpty() ? publish() : this;
    }

    private Behavior<Command> publish() {
        timers.cancelAll();
        silent.clear();
        if (!readers.isEmpty()) {
            Page page = new Page(parts.registry().text());
            readers.forEach(reader -> reader.tell(page));
            readers.clear();
        }
        return this;
    }
}
