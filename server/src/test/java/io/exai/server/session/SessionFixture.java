package io.exai.server.session;

import com.typesafe.config.ConfigFactory;
import io.exai.persistence.fixture.TestClock;
import io.exai.persistence.session.SessionEvent;
import io.exai.persistence.session.SessionState;
import io.exai.provider.actor.Provider;
import io.exai.provider.chat.ChatAnswer;
import io.exai.provider.chat.ProviderFailure;
import io.exai.provider.chat.Usage;
import io.exai.provider.quota.Shares;
import io.exai.server.change.Change;
import io.exai.server.conversation.ConversationCommand;
import io.exai.server.metric.Meter;
import io.exai.server.quota.Quota;
import io.exai.server.security.StateSeal;
import io.exai.server.setting.DeadlineSettings;
import io.exai.server.setting.QuotaSettings;
import io.exai.server.setting.SessionSettings;
import io.exai.server.setting.Settings;
import io.exai.server.tool.Kits;
import io.exai.server.tool.ReadyProvider;
import io.exai.server.tool.Reports;
import io.exai.server.tool.Sharing;
import io.exai.server.tool.Tool;
import io.exai.server.tool.ToolAnswer;
import io.exai.server.tool.ToolParts;
import io.exai.server.tool.Toolbox;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.persistence.testkit.PersistenceTestKitPlugin;
import org.apache.pekko.persistence.testkit.PersistenceTestKitSnapshotPlugin;
import org.apache.pekko.persistence.testkit.javadsl.PersistenceTestKit;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.jspecify.annotations.Nullable;

/** A session on an in-memory journal, with a client, a provider and a clock in the hands of the test. */
final class SessionFixture implements AutoCloseable {
    static final String ID = "s".repeat(43);
    static final String CONNECTION = "connection-1";
    static final String REVISION = "2025-11-25";
    static final String ASKABLE = "{\"elicitation\":{}}";
    static final Duration QUIET = Duration.ofMillis(100);

    final ActorTestKit kit = ActorTestKit.create(ManualTime.config()
            .withFallback(PersistenceTestKitPlugin.config())
            .withFallback(PersistenceTestKitSnapshotPlugin.config())
            .withFallback(
                    ConfigFactory.parseString(
                            "pekko.loglevel = WARNING, pekko.actor.testkit.typed.single-expect-default = 20s, "
                                    + "pekko.actor.testkit.typed.default-timeout = 20s, pekko.persistence.testkit.events.serialize = on"))
            .withFallback(Settings.tree(null, ConfigFactory.empty())));
    final ManualTime time = ManualTime.get(kit.system());
    final PersistenceTestKit journal = PersistenceTestKit.create(kit.system());
    final TestProbe<ToClient> client = kit.createTestProbe(ToClient.class);
    final TestProbe<Provider.Command> provider = kit.createTestProbe(Provider.Command.class);
    final TestProbe<ConversationCommand> conversations = kit.createTestProbe(ConversationCommand.class);
    final FakePayloads payloads = new FakePayloads();
    final TestClock clock = new TestClock(Instant.parse("2026-01-01T00:00:00Z"));
    final FakeHost host = new FakeHost();
    final CallCounters counters = new CallCounters(Meter.none());
    final ConcurrentLinkedQueue<Change> changes = new ConcurrentLinkedQueue<>();
    final ActorRef<Quota.Command> quota;
    private final SessionParts parts;

    SessionFixture() {
        this(settings(8));
    }

    SessionFixture(SessionSettings settings) {
        Settings all = Settings.load(null, ConfigFactory.parseString("exai.providers.sandbox.enabled = on"));
        quota = kit.spawn(Quota.create(
                new QuotaSettings(
                        24, 100, Duration.ofSeconds(30), List.of(), all.quota().lease()),
                Shares.whole()));
        DeadlineSettings deadlines = all.deadline();
        Reports reports = new Reports(Map.of("version", () -> ToolAnswer.text("x")));
        ToolParts tools = new ToolParts(
                toolbox(deadlines),
                reports,
                Kits.models(
                        all.providers(),
                        Map.of("sandbox", kit.spawn(ReadyProvider.before(provider.ref()))),
                        Meter.none()),
                quota,
                (id, command) -> conversations.ref().tell(command),
                Set.of("vip"),
                changes::add,
                Duration.ofSeconds(8),
                false,
                Sharing.none(),
                clock);
        parts = new SessionParts(
                settings,
                deadlines,
                tools,
                payloads,
                100,
                kit.spawn(SessionCap.create(settings.maxPerPrincipal(), settings.idleTimeout(), System::nanoTime)),
                counters,
                new StateSeal(new byte[StateSeal.KEY_BYTES], Duration.ofHours(1), clock),
                clock);
    }

    private static Toolbox toolbox(DeadlineSettings deadlines) {
        List<Tool> tools = new ArrayList<>(Toolbox.load("", deadlines).all());
        tools.addAll(ScriptedTools.all());
        return Toolbox.of(tools);
    }

    static SessionSettings settings(int maxInFlight) {
        return new SessionSettings(
                maxInFlight,
                Duration.ofHours(1),
                Duration.ofMinutes(2),
                Duration.ofMinutes(5),
                Duration.ofDays(7),
                3,
                500,
                2,
                3,
                Duration.ofMinutes(10),
                Duration.ZERO);
    }

    ActorRef<SessionCommand> start() {
        return start(ID);
    }

    ActorRef<SessionCommand> start(String id) {
        return kit.spawn(Session.create(id, parts, host));
    }

    /** A session with our client attached. */
    ActorRef<SessionCommand> open() {
        return open(client);
    }

    ActorRef<SessionCommand> open(TestProbe<ToClient> attached) {
        ActorRef<SessionCommand> session = start();
        session.tell(attach(CONNECTION, true, attached.ref()));
        attached.expectMessageClass(ToClient.Attached.class);
        return session;
    }

    static SessionCommand.Attach attach(String connection, boolean create, ActorRef<ToClient> to) {
        return attach(connection, ASKABLE, create, to);
    }

    static SessionCommand.Attach attach(String connection, String capabilities, boolean create, ActorRef<ToClient> to) {
        return new SessionCommand.Attach(connection, "alice", "test 1", REVISION, capabilities, create, to);
    }

    SessionCommand.CallTool chat(String requestId, String prompt) {
        return call(requestId, "chat", "{\"prompt\":\"" + prompt + "\"}", null);
    }

    SessionCommand.CallTool call(String requestId, String tool, String arguments, @Nullable String token) {
        return new SessionCommand.CallTool(
                CONNECTION, new ToolRequest(requestId, tool, arguments, token, REVISION, null, null), client.ref());
    }

    /** A call of ours whose answer is to go to a stream. */
    static SessionCommand.CallOnStream onStream(String stream, ToolRequest request, TestProbe<ToClient> to) {
        return new SessionCommand.CallOnStream("alice", stream, false, request, to.ref());
    }

    static ToolRequest request(String requestId, String tool, String arguments) {
        return new ToolRequest(requestId, tool, arguments, null, REVISION, null, null);
    }

    static ToolRequest chatting(String requestId, String prompt) {
        return request(requestId, "chat", "{\"prompt\":\"" + prompt + "\"}");
    }

    TestProbe<ToClient> stream() {
        return kit.createTestProbe(ToClient.class);
    }

    Provider.Ask expectAsk() {
        return provider.expectMessageClass(Provider.Ask.class);
    }

    /** So many asks, in whatever order they come, by the prompt of each. */
    Map<String, Provider.Ask> expectAsks(int count) {
        Map<String, Provider.Ask> asks = new HashMap<>();
        for (int i = 0; i < count; i++) {
            Provider.Ask ask = expectAsk();
            asks.put(ask.request().messages().get(1).text(), ask);
        }
        return asks;
    }

    static void answer(Provider.@Nullable Ask asked, String text) {
        Provider.Ask ask = Objects.requireNonNull(asked);
        ask.replyTo()
                .tell(new Provider.Answered(
                        ask.request().callKey(),
                        new ChatAnswer(text, null, "sandbox", "sandbox-echo", "stop", new Usage(1, 1, 0))));
    }

    static void fail(Provider.Ask ask, ProviderFailure.Kind kind) {
        ask.replyTo()
                .tell(new Provider.Failed(
                        ask.request().callKey(),
                        new ProviderFailure(kind, "as told", null, "sandbox", "sandbox-echo")));
    }

    ToClient.Answered expectAnswer() {
        return client.expectMessageClass(ToClient.Answered.class);
    }

    /** What is in the journal, oldest first. */
    List<SessionEvent> events() {
        return journal.persistedInStorage(persistenceId()).stream()
                .map(SessionEvent.class::cast)
                .toList();
    }

    /** The journal folded. */
    SessionState state() {
        SessionState state = new SessionState.Fresh();
        for (SessionEvent event : events()) {
            state = event.applyTo(state);
        }
        return state;
    }

    /** Stops the actor as a crash would: without a word to anybody. */
    void crash(ActorRef<SessionCommand> session) {
        kit.stop(session);
    }

    static String persistenceId() {
        return PersistenceId.of(Session.KEY.name(), ID).id();
    }

    @Override
    public void close() {
        kit.shutdownTestKit();
    }

    /** Remembers what it was asked. */
    static final class FakeHost implements SessionHost {
        final ConcurrentLinkedQueue<String> asked = new ConcurrentLinkedQueue<>();

        @Override
        public void passivate(ActorRef<SessionCommand> session) {
            asked.add("passivate");
        }

        @Override
        public void wake(String id) {
            asked.add("wake " + id);
        }

        @Override
        public void erase(PersistenceId id) {
            asked.add("erase " + id.id());
        }
    }
}
