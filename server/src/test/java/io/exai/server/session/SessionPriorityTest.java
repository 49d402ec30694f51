package io.exai.server.session;

import static io.exai.server.session.SessionFixture.CONNECTION;
import static io.exai.server.session.SessionFixture.REVISION;
import static org.assertj.core.api.Assertions.assertThat;

import io.exai.persistence.session.TaskTerms;
import io.exai.provider.actor.Priority;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whose calls go first. */
class SessionPriorityTest {
    private final SessionFixture fixture = new SessionFixture();

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void putsPrincipalsWhoComeFirstBeforeOthers() {
        open("vip").tell(fixture.chat("1", "hello"));
        assertThat(fixture.expectAsk().priority()).isEqualTo(Priority.HIGH);
    }

    @Test
    void treatsOthersAlike() {
        open("alice").tell(fixture.chat("1", "hello"));
        assertThat(fixture.expectAsk().priority()).isEqualTo(Priority.NORMAL);
    }

    @Test
    void putsTasksLastWhosever() {
        TaskTerms terms = new TaskTerms("task-1", 60_000, fixture.clock.instant());
        ToolRequest request = new ToolRequest("1", "chat", "{\"prompt\":\"hello\"}", null, REVISION, null, terms);
        open("vip").tell(new SessionCommand.CallTool(CONNECTION, request, fixture.client.ref()));
        assertThat(fixture.expectAsk().priority()).isEqualTo(Priority.LOW);
    }

    private ActorRef<SessionCommand> open(String principal) {
        ActorRef<SessionCommand> session = fixture.start();
        session.tell(
                new SessionCommand.Attach(CONNECTION, principal, "test 1", REVISION, null, true, fixture.client.ref()));
        fixture.client.expectMessageClass(ToClient.Attached.class);
        return session;
    }
}
