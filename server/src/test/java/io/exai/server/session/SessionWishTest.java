package io.exai.server.session;

import static io.exai.server.session.SessionFixture.attach;
import static org.assertj.core.api.Assertions.assertThat;

import io.exai.persistence.session.SessionEvent.LogLevelSet;
import io.exai.persistence.session.SessionEvent.SubscriptionsChanged;
import io.exai.server.session.SessionCommand.Known;
import io.exai.server.session.SessionCommand.SetLogLevel;
import io.exai.server.session.SessionCommand.Subscribe;
import io.exai.server.tool.CallContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a client wants to hear of beside its answers, kept by its session. */
class SessionWishTest {
    private final SessionFixture fixture = new SessionFixture();
    private final TestProbe<Known> asker = fixture.kit.createTestProbe(Known.class);
    private final TestProbe<ToClient> later = fixture.stream();

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void keepsSubscriptionsInItsJournalOverACrash() {
        ActorRef<SessionCommand> session = fixture.open();
        assertThat(subscribe(session, "alice", "b:2", true)).isTrue();
        assertThat(subscribe(session, "alice", "a:1", true)).isTrue();
        assertThat(subscribe(session, "alice", "a:1", true)).isTrue();
        assertThat(subscribe(session, "alice", "b:2", false)).isTrue();
        assertThat(fixture.events())
                .filteredOn(SubscriptionsChanged.class::isInstance)
                .hasSize(3);
        fixture.crash(session);

        fixture.start().tell(attach("connection-2", false, later.ref()));

        assertThat(later.expectMessageClass(ToClient.Attached.class).subscriptions())
                .containsExactly("a:1");
    }

    @Test
    void takesAThousandSubscriptionsAndNoMore() {
        ActorRef<SessionCommand> session = fixture.open();
        for (int number = 0; number < 1_000; number++) {
            session.tell(new Subscribe("alice", "x:" + number, true, asker.ref()));
        }
        asker.receiveSeveralMessages(1_000, Duration.ofSeconds(60))
                .forEach(known -> assertThat(known.known()).isTrue());

        assertThat(subscribe(session, "alice", "x:1000", true)).isFalse();
        assertThat(subscribe(session, "alice", "x:999", true)).isTrue();
        assertThat(subscribe(session, "alice", "x:0", false)).isTrue();
        assertThat(subscribe(session, "alice", "x:1000", true)).isTrue();
    }

    @Test
    void takesNoWishesFromStrangers() {
        ActorRef<SessionCommand> session = fixture.open();

        assertThat(subscribe(session, "mallory", "a:1", true)).isFalse();
        session.tell(new SetLogLevel("mallory", "debug", asker.ref()));

        assertThat(asker.receiveMessage().known()).isFalse();
        assertThat(fixture.events()).hasSize(2);
    }

    @Test
    void logsFromInfoOnToAClientThatDoesNotSay() {
        ActorRef<SessionCommand> session = fixture.open();

        session.tell(fixture.call("1", "logs", "{}", null));

        assertThat(logged(fixture.client)).containsExactly("info", "error");
    }

    @Test
    void logsFromTheLevelThatTheClientSetOverACrash() {
        ActorRef<SessionCommand> session = fixture.open();
        session.tell(new SetLogLevel("alice", "error", asker.ref()));
        assertThat(asker.receiveMessage().known()).isTrue();
        assertThat(fixture.events()).last().isInstanceOf(LogLevelSet.class);
        fixture.crash(session);
        ActorRef<SessionCommand> reborn = fixture.start();
        reborn.tell(attach(SessionFixture.CONNECTION, false, fixture.client.ref()));
        fixture.client.expectMessageClass(ToClient.Attached.class);

        reborn.tell(fixture.call("1", "logs", "{}", null));

        assertThat(logged(fixture.client)).containsExactly("error");
    }

    @Test
    void logsToAModernClientAsItsRequestSays() {
        ActorRef<SessionCommand> session = fixture.open();

        session.tell(modern("1", null));
        assertThat(logged(fixture.client)).isEmpty();
        session.tell(modern("2", "debug"));

        assertThat(logged(fixture.client)).containsExactly("debug", "info", "error");
    }

    private SessionCommand modern(String id, @org.jspecify.annotations.Nullable String level) {
        CallContext none = CallContext.none();
        String context = new CallContext(none.capabilities(), level, Map.of(), null).write();
        return new SessionCommand.CallTool(
                SessionFixture.CONNECTION,
                new ToolRequest(id, "logs", "{}", null, "2026-07-28", context, null),
                fixture.client.ref());
    }

    /** The levels of what was logged before the answer. */
    private static List<String> logged(TestProbe<ToClient> client) {
        List<String> levels = new java.util.ArrayList<>();
        ToClient message = client.receiveMessage();
        while (message instanceof ToClient.Logged logged) {
            levels.add(logged.level());
            message = client.receiveMessage();
        }
        assertThat(message).isInstanceOf(ToClient.Answered.class);
        return levels;
    }

    private boolean subscribe(ActorRef<SessionCommand> session, String principal, String uri, boolean wanted) {
        session.tell(new Subscribe(principal, uri, wanted, asker.ref()));
        return asker.receiveMessage().known();
    }
}
