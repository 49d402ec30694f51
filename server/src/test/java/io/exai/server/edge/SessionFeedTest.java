package io.exai.server.edge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.exai.protocol.jsonrpc.RequestId;
import io.exai.protocol.mcp.ServerIdentity;
import io.exai.protocol.mcp.ServerMessages;
import io.exai.server.session.SessionCommand;
import io.exai.server.session.ToClient;
import org.apache.pekko.actor.ActorRef;
import org.junit.jupiter.api.Test;

/** What becomes of a session's words in a response: events, one JSON text, or an array of them. */
class SessionFeedTest {
    private final StringBuilder body = new StringBuilder();
    private final Feed.Outlet outlet = new Feed.Outlet() {
        @Override
        public void send(byte[] bytes) {
            body.append(new String(bytes, UTF_8));
        }

        @Override
        public void end() {
            body.append("<end>");
        }
    };
    private final FakeGate gate = new FakeGate();
    private boolean left;

    @Test
    void sendsEachMessageAsAnEventAndEndsWithTheAnswer() {
        SessionFeed feed = feed(new SessionFeed.Form(new EventIds("s", 0), true, false, true), "1");

        assertThat(body).isEmpty();
        feed.heard(new ToClient.TakenOn("1"));
        feed.heard(new ToClient.TakenOn("1"));
        feed.heard(new ToClient.Progressed("7", "2025-11-25", 1, null, "x"));
        feed.heard(answered("1"));

        assertThat(body)
                .startsWith("id: s.0.")
                .contains("retry: 500\ndata: \n\nevent: message\nid: s.0.", "notifications/progress")
                .contains("\nid: s.4.")
                .endsWith("\n\n<end>");
        feed.closed(true);
        assertThat(left).isFalse();
    }

    /** An id is a promise that the session has to be able to keep. */
    @Test
    void givesNoIdToComeBackWithBeforeTheSessionHasTheCall() {
        SessionFeed feed = feed(new SessionFeed.Form(new EventIds("s", 0), true, false, true), "1");

        feed.heard(answered("1"));

        assertThat(body).startsWith("event: message\nid: s.4.").doesNotContain("retry:");
    }

    @Test
    void sendsTheAnswerAloneToAClientThatTakesNoEvents() {
        SessionFeed feed = feed(new SessionFeed.Form(null, false, false, false), "1");

        feed.heard(new ToClient.Progressed("7", "2025-11-25", 1, null, "x"));
        feed.heard(answered("1"));

        assertThat(body).startsWith("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":").endsWith("}<end>");
    }

    @Test
    void putsTheAnswersOfABatchIntoAnArrayInTheOrderTheyCome() {
        SessionFeed feed = feed(new SessionFeed.Form(null, false, true, false), "1", "2");

        feed.heard(answered("2"));
        assertThat(body).isEmpty();
        feed.heard(answered("1"));

        assertThat(body).matches("\\[\\{\"jsonrpc\":\"2.0\",\"id\":2,.*},\\{\"jsonrpc\":\"2.0\",\"id\":1,.*}]<end>");
    }

    @Test
    void answersEveryRequestInJsonThoughItsCallWasWithdrawn() {
        SessionFeed feed = feed(new SessionFeed.Form(null, false, false, false), "1");

        feed.heard(new ToClient.StreamEnded());

        assertThat(body)
                .startsWith("{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32603")
                .endsWith("}<end>");
    }

    @Test
    void tellsWhenTheClientLeavesBeforeTheEnd() {
        SessionFeed feed = feed(new SessionFeed.Form(null, true, false, false), "1");

        feed.closed(true);

        assertThat(left).isTrue();
    }

    @Test
    void asksTheClientToComeBackWhenTheDaemonStops() {
        SessionFeed feed = feed(new SessionFeed.Form(new EventIds("s", 0), true, false, false), "1");

        feed.draining();

        assertThat(body).hasToString("retry: 500\n\n<end>");
    }

    /** The session may be on another node now, which knows nobody who listens. */
    @Test
    void resumesAStreamOnceMoreFromItsLastAnswerWhenANodeIsLost() {
        SessionFeed feed = feed(
                new SessionFeed.Form(new EventIds("s", 0), true, false, true),
                (begun, self) -> begun.resume("session", 2, after -> new SessionCommand.Acknowledge("resume", after)));
        assertThat(gate.take()).containsExactly(resumed(2));

        feed.nodeLost();
        feed.heard(answered("1"));
        feed.nodeLost();
        assertThat(gate.take()).containsExactly(resumed(2), resumed(4));
        assertThat(body.toString()).doesNotContain("<end>");

        feed.heard(new ToClient.StreamEnded());
        feed.nodeLost();
        assertThat(gate.take()).isEmpty();
        assertThat(body.toString()).endsWith("<end>");
    }

    private static FakeGate.Told resumed(long after) {
        return new FakeGate.Told("session", new SessionCommand.Acknowledge("resume", after));
    }

    private SessionFeed feed(SessionFeed.Form form, String... ids) {
        return feed(form, (begun, self) -> {
            for (String id : ids) {
                begun.expect(id, new RequestId(id));
            }
        });
    }

    private SessionFeed feed(SessionFeed.Form form, SessionFeed.Start start) {
        Sayings sayings = new Sayings(new ServerMessages(new ServerIdentity("1", "")));
        SessionFeed feed = new SessionFeed(sayings, gate, form, start, () -> left = true);
        feed.begin(outlet, ActorRef.noSender());
        return feed;
    }

    private static ToClient.Answered answered(String id) {
        return new ToClient.Answered(id, "2025-11-25", 4, "{\"content\":[]}", false, 1, false);
    }
}
