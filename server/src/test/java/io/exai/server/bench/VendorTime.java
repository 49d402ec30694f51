package io.exai.server.bench;

import com.typesafe.config.ConfigFactory;
import io.exai.provider.actor.Grid;
import io.exai.provider.actor.ProviderDirectory;
import io.exai.provider.actor.Providers;
import io.exai.provider.breaker.Breakers;
import io.exai.provider.chat.ChatAnswer;
import io.exai.provider.chat.ChatMessage;
import io.exai.provider.chat.ChatRequest;
import io.exai.provider.chat.Role;
import io.exai.provider.http.HttpUpstream;
import io.exai.provider.kimi.Kimi;
import io.exai.provider.openai.OpenAiFormat;
import io.exai.provider.quota.Shares;
import io.exai.provider.setting.Route;
import io.exai.server.e2e.SandboxProcess;
import io.exai.server.quota.Quota;
import io.exai.server.setting.Settings;
import io.exai.server.tool.Kits;
import io.exai.server.tool.Models;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * The time that router, permits, breaker and provider actor add to a streamed call, against the same client library that
 * asks the same vendor directly: a sandbox in a process of its own, 100 calls at once. And the time that it takes to pass
 * over a vendor whose breaker is open, against a call that does not want it.
 */
final class VendorTime implements Section {
    private static final int AT_ONCE = 100;
    private static final double AIM_P50_MILLIS = 2;
    private static final double AIM_P99_MILLIS = 10;
    private static final double AIM_FIRST_MILLIS = 5;
    private static final double AIM_OPEN_MILLIS = 5;

    private static final long STAGGER_MILLIS = 7;

    /** A model whose vendor nobody reaches. */
    private static final String DEAD = "dead";

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** When the first piece of an answer came, and when the whole, in nanoseconds after the question. */
    record Times(long first, long whole) {}

    @Override
    public List<Row> measure(Plan plan) throws Exception {
        try (SandboxProcess sandbox = SandboxProcess.start("--latency", "500ms", "--token-rate", "20")) {
            Settings settings = Settings.load(
                    null,
                    ConfigFactory.parseString("exai { quota.max-in-flight = 1000, providers.vendors.kimi { "
                            + "base-url = \"" + sandbox.url("kimi") + "\", max-in-flight = 1000 }, providers { "
                            + "vendors.custom { base-url = \"http://127.0.0.1:9/v1\", models = [" + DEAD + "] }, "
                            + "breaker.open-for = 1h } }"));
            ActorSystem<Void> system = ActorSystem.create(
                    Behaviors.empty(),
                    "bench",
                    ConfigFactory.parseString("pekko.actor.provider = local").withFallback(settings.config()));
            try {
                return measure(plan, sandbox, settings, system);
            } finally {
                system.terminate();
            }
        }
    }

    private List<Row> measure(Plan plan, SandboxProcess sandbox, Settings settings, ActorSystem<Void> system)
            throws Exception {
        ProviderDirectory directory = Providers.start(
                system,
                settings.providers(),
                new Grid(Shares.whole(), Breakers.own(settings.providers().breaker())),
                Clock.systemUTC());
        var quota = system.systemActorOf(Quota.create(settings.quota(), Shares.whole()), "quota", Props.empty());
        Models models = Kits.models(settings.providers(), directory);
        var run = new VendorRun(system, settings, models, quota);
        var limits = new HttpUpstream.Limits(Duration.ofSeconds(5), PATIENCE, 10_000_000, 1000);
        var upstream = HttpUpstream.create(
                new Route("kimi", sandbox.url("kimi"), null),
                new OpenAiFormat(new Kimi(Clock.systemUTC())),
                limits,
                Clock.systemUTC(),
                system);
        List<Figures> direct = new ArrayList<>();
        List<Figures> through = new ArrayList<>();
        List<Figures> open = new ArrayList<>();
        for (int round = -1; round < plan.rounds(); round++) {
            Figures one = round(plan, number -> ask(upstream, run.system(), number));
            Figures other = round(plan, number -> run.ask("time-" + number, "kimi-latest"));
            Figures third = round(plan, number -> run.ask("open-" + number, DEAD));
            if (round >= 0) {
                direct.add(one);
                through.add(other);
                open.add(third);
            }
            Progress.say("direct %s, through %s, past an open breaker %s", one, other, third);
        }
        return List.of(
                row("time of a streamed call, p50", direct, through, 0, AIM_P50_MILLIS),
                row("time of a streamed call, p99", direct, through, 1, AIM_P99_MILLIS),
                row("time to its first token, p50", direct, through, 2, AIM_FIRST_MILLIS),
                row("time to its first token, p99", direct, through, 3, AIM_P99_MILLIS),
                row("time of a call past an open breaker, p50", through, open, 0, AIM_OPEN_MILLIS));
    }

    private static Row row(String figure, List<Figures> direct, List<Figures> through, int which, double aim) {
        List<Double> added = IntStream.range(0, direct.size())
                .mapToObj(i -> through.get(i).values().get(which)
                        - direct.get(i).values().get(which))
                .toList();
        double median = Median.of(added);
        return new Row(
                figure + ", " + AT_ONCE + " at once",
                millis(through, which),
                millis(direct, which),
                String.format(Locale.ROOT, "%.2f ms more", median),
                String.format(Locale.ROOT, "< %.0f ms", aim),
                Verdict.of(median < aim));
    }

    private static String millis(List<Figures> figures, int which) {
        return String.format(
                Locale.ROOT,
                "%.2f ms",
                Median.of(figures.stream().map(each -> each.values().get(which)).toList()));
    }

    private static CompletionStage<Times> ask(HttpUpstream upstream, String system, long number) {
        long begun = System.nanoTime();
        AtomicLong first = new AtomicLong();
        var request = new ChatRequest(
                "direct-" + number,
                "kimi-latest",
                List.of(new ChatMessage(Role.SYSTEM, system), new ChatMessage(Role.USER, "time-" + number)),
                0.6,
                8192,
                true,
                PATIENCE);
        var exchange = upstream.open(request, piece -> first.compareAndSet(0, System.nanoTime() - begun));
        return exchange.outcome().thenApply(outcome -> {
            if (!(outcome instanceof ChatAnswer)) {
                throw new IllegalStateException(outcome.toString());
            }
            return new Times(first.get(), System.nanoTime() - begun);
        });
    }

    /** Loops that each ask again as soon as they have their answer, for so long; they begin one after the other. */
    @SuppressWarnings("FutureReturnValueIgnored") // it is composed
    private static Figures round(Plan plan, LongFunction<CompletionStage<Times>> asker) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(plan.seconds());
        AtomicLong numbers = new AtomicLong(System.nanoTime());
        List<Times> times = Collections.synchronizedList(new ArrayList<>());
        CompletableFuture<?>[] loops = IntStream.range(0, AT_ONCE)
                .mapToObj(loop -> CompletableFuture.supplyAsync(
                                () -> loop(asker, numbers, times, end),
                                CompletableFuture.delayedExecutor(loop * STAGGER_MILLIS, TimeUnit.MILLISECONDS))
                        .thenCompose(begun -> begun))
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(loops).get(plan.seconds() + PATIENCE.toSeconds(), TimeUnit.SECONDS);
        return Figures.of(List.copyOf(times));
    }

    private static CompletableFuture<Void> loop(
            LongFunction<CompletionStage<Times>> asker, AtomicLong numbers, List<Times> times, long end) {
        return asker.apply(numbers.incrementAndGet())
                .thenComposeAsync(taken -> {
                    times.add(taken);
                    return System.nanoTime() - end < 0
                            ? loop(asker, numbers, times, end)
                            : CompletableFuture.completedFuture((Void) null);
                })
                .toCompletableFuture();
    }

    /** In milliseconds: p50 and p99 of the whole, p50 and p99 of the first token. */
    record Figures(List<Double> values, int calls) {
        static Figures of(List<Times> times) {
            List<Long> whole = times.stream().map(Times::whole).sorted().toList();
            List<Long> first = times.stream().map(Times::first).sorted().toList();
            return new Figures(List.of(at(whole, 0.5), at(whole, 0.99), at(first, 0.5), at(first, 0.99)), times.size());
        }

        private static double at(List<Long> sorted, double share) {
            return sorted.get((int) Math.min(sorted.size() - 1, Math.floor(share * sorted.size()))) / 1e6;
        }
    }
}
