package io.exai.server.tool;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.exai.provider.actor.Priority;
import io.exai.provider.actor.Provider;
import io.exai.provider.catalogue.Catalogue;
import io.exai.provider.chat.ProviderFailure;
import io.exai.server.quota.Quota;
import io.exai.server.setting.Settings;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A run and its permits. */
class ToolCallTest {
    private static final ActorTestKit KIT =
            ActorTestKit.create(ConfigFactory.parseString("pekko.actor.provider = local"));
    private static final Settings SETTINGS =
            Settings.load(null, ConfigFactory.parseString("exai.providers.sandbox.enabled = on"));

    private final TestProbe<Quota.Command> quota = KIT.createTestProbe(Quota.Command.class);
    private final TestProbe<Provider.Command> provider = KIT.createTestProbe(Provider.Command.class);
    private final TestProbe<RunReport> session = KIT.createTestProbe(RunReport.class);

    @AfterAll
    static void stopKit() {
        KIT.shutdownTestKit();
    }

    @Test
    void asksWithItsPriority() {
        start(Priority.HIGH);
        Quota.Acquire asked = quota.expectMessageClass(Quota.Acquire.class);
        assertThat(asked.priority()).isEqualTo(Priority.HIGH);
        asked.replyTo().tell(new Quota.Granted());
        assertThat(provider.expectMessageClass(Provider.Ask.class).priority()).isEqualTo(Priority.HIGH);
    }

    @Test
    void givesUpWhenItsPermitIsRevoked() {
        ActorRef<?> run = start(Priority.NORMAL);
        Quota.Acquire asked = quota.expectMessageClass(Quota.Acquire.class);
        asked.replyTo().tell(new Quota.Granted());
        provider.expectMessageClass(Provider.Ask.class);
        asked.replyTo().tell(new Quota.Revoked());
        assertInterrupted();
        session.expectTerminated(run);
    }

    @Test
    void tellsThatItsProviderLostItsPermits() {
        start(Priority.NORMAL);
        quota.expectMessageClass(Quota.Acquire.class).replyTo().tell(new Quota.Granted());
        Provider.Ask ask = provider.expectMessageClass(Provider.Ask.class);
        ask.replyTo()
                .tell(new Provider.Failed(
                        "key", new ProviderFailure(ProviderFailure.Kind.REVOKED, "cut off", null, "sandbox", "m")));
        assertInterrupted();
    }

    private void assertInterrupted() {
        session.expectMessage(new RunReport.Interrupted("1"));
    }

    private ActorRef<?> start(Priority priority) {
        Toolbox toolbox = Toolbox.load("", SETTINGS.deadline());
        Tool chat = toolbox.find("chat").orElseThrow();
        Job job = new Job(
                "1", "s", "alice", "key", chat, "{\"prompt\":\"hi\"}", false, false, CallContext.none(), priority);
        ToolParts parts = new ToolParts(
                toolbox,
                new Reports(Map.of()),
                Catalogue.load(SETTINGS.providers()),
                Map.of("sandbox", provider.ref()),
                quota.ref(),
                (id, command) -> {},
                Set.of(),
                change -> {},
                Duration.ofSeconds(8),
                false,
                Sharing.none(),
                Clock.systemUTC());
        return KIT.spawn(ToolCall.create(job, parts, session.ref()));
    }
}
