package io.exai.server.flight;

import com.typesafe.config.ConfigFactory;
import io.exai.cluster.NodeWatch;
import io.exai.persistence.result.ResultStore;
import io.exai.persistence.result.StoredResult;
import io.exai.provider.actor.Priority;
import io.exai.provider.actor.Provider;
import io.exai.provider.chat.ChatAnswer;
import io.exai.provider.chat.Usage;
import io.exai.provider.quota.Shares;
import io.exai.server.metric.Meter;
import io.exai.server.quota.Quota;
import io.exai.server.setting.Settings;
import io.exai.server.tool.CallContext;
import io.exai.server.tool.Job;
import io.exai.server.tool.Kits;
import io.exai.server.tool.ReadyProvider;
import io.exai.server.tool.RunReport;
import io.exai.server.tool.Tool;
import io.exai.server.tool.ToolCall;
import io.exai.server.tool.ToolParts;
import io.exai.server.tool.Toolbox;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;

/** A tower and passengers with provider, store and time in the hands of the test. */
final class FlightFixture implements AutoCloseable {
    static final String ARGUMENTS = "{\"prompt\":\"hello\"}";
    static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    static final Duration TTL = Duration.ofMinutes(10);
    static final Duration QUIET = Duration.ofMillis(100);

    final ActorTestKit kit = ActorTestKit.create(ManualTime.config()
            .withFallback(ConfigFactory.parseString(
                    "pekko.loglevel = WARNING, pekko.actor.testkit.typed.single-expect-default = 20s"))
            .withFallback(Settings.tree(null, ConfigFactory.empty())));
    final ManualTime time = ManualTime.get(kit.system());
    final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    final ResultMemory memory = new ResultMemory(100, clock);
    final TestProbe<Provider.Command> provider = kit.createTestProbe(Provider.Command.class);
    final TestProbe<TowerCommand> flights = kit.createTestProbe(TowerCommand.class);
    final TestProbe<RunReport> session = kit.createTestProbe(RunReport.class);
    final FakeNodeWatch nodes = new FakeNodeWatch();
    final FakeStore store = new FakeStore();
    final Tool chat;
    final String key;
    private final ToolParts tools;
    private final CallKeys keys;

    FlightFixture() {
        Settings settings = Settings.load(null, ConfigFactory.parseString("exai.providers.sandbox.enabled = on"));
        Toolbox toolbox = Toolbox.load("", settings.deadline());
        chat = toolbox.find("chat").orElseThrow();
        tools = Kits.parts(
                toolbox,
                Kits.models(
                        settings.providers(),
                        Map.of("sandbox", kit.spawn(ReadyProvider.before(provider.ref()))),
                        Meter.none()),
                kit.spawn(Quota.create(settings.quota(), Shares.whole())),
                clock);
        keys = new CallKeys(tools.catalogue());
        key = keys.of("alice", chat, ARGUMENTS).orElseThrow();
    }

    ActorRef<TowerCommand> tower() {
        return tower(kit.spawn(ResultDesk.create(store)), memory);
    }

    ActorRef<TowerCommand> tower(ActorRef<ResultDesk.Command> desk, ResultMemory remembered) {
        return kit.spawn(Tower.create(
                Tower.idFor(key),
                new Tower.Parts(
                        tools,
                        keys,
                        remembered,
                        desk,
                        (to, command) -> flights.ref().tell(command),
                        nodes,
                        TTL,
                        Duration.ofSeconds(4),
                        clock)));
    }

    ActorRef<PassengerCommand> passenger(boolean streamed) {
        Passenger.Parts parts = new Passenger.Parts(
                memory,
                (to, command) -> flights.ref().tell(command),
                nodes,
                (job, to) -> ToolCall.create(job, tools, to),
                Duration.ofSeconds(8));
        return kit.spawn(Passenger.create(job(streamed), key, parts, session.ref()));
    }

    String keyOf(String arguments) {
        return keys.of("alice", chat, arguments).orElseThrow();
    }

    Job job(boolean streamed) {
        return job(ARGUMENTS, streamed, true);
    }

    private Job job(String arguments, boolean streamed, boolean announced) {
        return new Job(
                "1",
                "s",
                "alice",
                "call-key",
                chat,
                arguments,
                streamed,
                announced,
                CallContext.none(),
                Priority.NORMAL);
    }

    Ticket ticket(boolean streamed) {
        return Ticket.of(job(streamed));
    }

    /** Of a session that wants to know nothing but the answer. */
    Ticket plainTicket(String arguments) {
        return Ticket.of(job(arguments, false, false));
    }

    TestProbe<PassengerCommand> traveller() {
        return kit.createTestProbe(PassengerCommand.class);
    }

    static void answer(Provider.Ask ask, String text) {
        ask.replyTo()
                .tell(new Provider.Answered(
                        ask.request().callKey(),
                        new ChatAnswer(text, null, "sandbox", "sandbox-echo", "stop", new Usage(1, 1, 0))));
    }

    @Override
    public void close() {
        kit.shutdownTestKit();
    }

    /** Nodes that are lost when the test says so. */
    static final class FakeNodeWatch implements NodeWatch {
        private final Map<ActorRef<?>, Runnable> watched = new ConcurrentHashMap<>();

        @Override
        public <T> void watch(ActorRef<?> subject, ActorRef<T> watcher, T message) {
            watched.put(subject, () -> watcher.tell(message));
        }

        void lose(ActorRef<?> subject) {
            Objects.requireNonNull(watched.remove(subject), "not watched").run();
        }
    }

    /** A store in memory that may be told to say nothing. */
    static final class FakeStore implements ResultStore {
        final Map<String, StoredResult> results = new ConcurrentHashMap<>();
        volatile boolean silent;

        @Override
        public CompletionStage<Map<String, StoredResult>> find(Collection<String> callKeys) {
            return silent
                    ? new CompletableFuture<Map<String, StoredResult>>()
                    : CompletableFuture.completedFuture(Map.copyOf(results));
        }

        @Override
        public CompletionStage<Set<String>> keys(String prefix, int most) {
            return silent
                    ? new CompletableFuture<Set<String>>()
                    : CompletableFuture.completedFuture(Set.copyOf(results.keySet()));
        }

        @Override
        public CompletionStage<Integer> keep(List<StoredResult> kept) {
            kept.forEach(result -> results.put(result.callKey(), result));
            return CompletableFuture.completedFuture(kept.size());
        }

        @Override
        public CompletionStage<Integer> removeOld() {
            return CompletableFuture.completedFuture(0);
        }
    }
}
