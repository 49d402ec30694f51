package io.exai.provider.bench;

import io.exai.provider.actor.Grid;
import io.exai.provider.actor.Provider;
import io.exai.provider.actor.ProviderDirectory;
import io.exai.provider.actor.Providers;
import io.exai.provider.breaker.Breakers;
import io.exai.provider.fixture.Samples;
import io.exai.provider.quota.Shares;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** Measures calls a second through a provider actor to an embedded sandbox; arguments: seconds a round, "stream". */
public final class ProviderBench {
    private ProviderBench() {}

    public static void main(String[] arguments) throws Exception {
        Grid grid = new Grid(Shares.whole(), Breakers.own(Samples.BREAKER));
        int seconds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
        boolean stream = arguments.length > 1 && arguments[1].equals("stream");
        ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), "bench");
        try {
            for (int askers : new int[] {32, 256}) {
                var settings = Samples.settings(Samples.sandbox("on", askers));
                ProviderDirectory directory = Providers.start(system, settings, grid, Clock.systemUTC());
                var provider = Objects.requireNonNull(directory.providers().get("sandbox"));
                for (int round = 0; round < 3; round++) {
                    measure(system, provider, askers, seconds, stream);
                }
                directory.stop().toCompletableFuture().get(10, TimeUnit.SECONDS);
            }
        } finally {
            system.terminate();
        }
    }

    private static void measure(
            ActorSystem<?> system, ActorRef<Provider.Command> provider, int askers, int seconds, boolean stream)
            throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        long start = System.nanoTime();
        Duration usedBefore = used();
        CompletableFuture<?>[] counts = new CompletableFuture<?>[askers];
        for (int i = 0; i < askers; i++) {
            var done = new CompletableFuture<Long>();
            counts[i] = done;
            system.systemActorOf(Asker.create(provider, "asker-" + i, end, stream, done), name(i), Props.empty());
        }
        CompletableFuture.allOf(counts).get(seconds + 30L, TimeUnit.SECONDS);
        long total = 0;
        for (CompletableFuture<?> count : counts) {
            total += (Long) count.get();
        }
        double elapsed = (System.nanoTime() - start) / 1e9;
        double micros = used().minus(usedBefore).toNanos() / 1e3 / total;
        System.out.printf(
                Locale.ROOT, "%d askers: %.0f calls/s, %.0f us of CPU a call%n", askers, total / elapsed, micros);
    }

    /** CPU time of this process: steadier than calls a second when others share the machine. */
    private static Duration used() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private static String name(int i) {
        return "asker-" + i + '-' + System.nanoTime();
    }

    /** Asks again as soon as it has its answer. */
    private static final class Asker {
        private final ActorRef<Provider.Command> provider;
        private final String session;
        private final long end;
        private final boolean stream;
        private final CompletableFuture<Long> done;
        private final ActorRef<Provider.Reply> self;
        private long answered;

        private Asker(
                ActorRef<Provider.Command> provider,
                String session,
                long end,
                boolean stream,
                CompletableFuture<Long> done,
                ActorRef<Provider.Reply> self) {
            this.provider = provider;
            this.session = session;
            this.end = end;
            this.stream = stream;
            this.done = done;
            this.self = self;
        }

        static Behavior<Provider.Reply> create(
                ActorRef<Provider.Command> provider,
                String session,
                long end,
                boolean stream,
                CompletableFuture<Long> done) {
            return Behaviors.setup(context -> {
                var asker = new Asker(provider, session, end, stream, done, context.getSelf());
                asker.ask();
                return Behaviors.receiveMessage(asker::heard);
            });
        }

        private Behavior<Provider.Reply> heard(Provider.Reply reply) {
            if (reply instanceof Provider.Failed failed) {
                done.completeExceptionally(new IllegalStateException(failed.toString()));
                return Behaviors.stopped();
            }
            if (reply instanceof Provider.Answered) {
                answered++;
                if (System.nanoTime() - end > 0) {
                    done.complete(answered);
                    return Behaviors.stopped();
                }
                ask();
            }
            return Behaviors.same();
        }

        private void ask() {
            provider.tell(new Provider.Ask(
                    Samples.request(session + '-' + answered, "hello there", stream, Samples.SOON), session, self));
        }
    }
}
