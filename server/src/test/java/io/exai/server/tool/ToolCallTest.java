package io.exai.server.tool;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.exai.protocol.error.ErrorCode;
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

    private static final Duration QUIET = Duration.ofMillis(100);

    private final TestProbe<Quota.Command> quota = KIT.createTestProbe(Quota.Command.class);
    private final TestProbe<Provider.Command> provider = KIT.createTestProbe(Provider.Command.class);
    private final TestProbe<RunReport> session = KIT.createTestProbe(RunReport.class);

    @AfterAll
    static void stopKit() {
        KIT.shutdownTestKit();
    }

    @Test
    void waitsForItsProviderFirstAndForTheDaemonThen() {
        start(Priority.HIGH);
        Provider.Ask ask = provider.expectMessageClass(Provider.Ask.class);
        assertThat(ask.priority()).isEqualTo(Priority.HIGH);
        assertThat(ask.stepwise()).isTrue();
        quota.expectNoMessage(QUIET);
        ask.replyTo().tell(new Provider.Ready("key"));
        Quota.Acquire asked = quota.expectMessageClass(Quota.Acquire.class);
        assertThat(asked.priority()).isEqualTo(Priority.HIGH);
        provider.expectNoMessage(QUIET);
        asked.replyTo().tell(new Quota.Granted());
        provider.expectMessage(new Provider.Proceed(ask.replyTo()));
    }

    @Test
    void wasNotStartedWhenItsProviderHadNoPermit() {
        start(Priority.NORMAL);
        failed(provider.expectMessageClass(Provider.Ask.class), ProviderFailure.Kind.OVER_CAPACITY);
        RunReport.Failed report = session.expectMessageClass(RunReport.Failed.class);
        assertThat(report.started()).isFalse();
        assertThat(report.code()).isEqualTo(ErrorCode.OVER_CAPACITY);
        assertThat(report.retryAfterMillis()).isEqualTo(1_500);
    }

    @Test
    void givesUpWhenItsPermitIsRevoked() {
        ActorRef<?> run = start(Priority.NORMAL);
        Quota.Acquire asked = granted(provider.expectMessageClass(Provider.Ask.class));
        asked.replyTo().tell(new Quota.Revoked());
        assertInterrupted();
        session.expectTerminated(run);
    }

    @Test
    void tellsThatItsProviderLostItsPermits() {
        start(Priority.NORMAL);
        Provider.Ask ask = provider.expectMessageClass(Provider.Ask.class);
        granted(ask);
        failed(ask, ProviderFailure.Kind.REVOKED);
        assertInterrupted();
    }

    private Quota.Acquire granted(Provider.Ask ask) {
        ask.replyTo().tell(new Provider.Ready("key"));
        Quota.Acquire asked = quota.expectMessageClass(Quota.Acquire.class);
        asked.replyTo().tell(new Quota.Granted());
        provider.expectMessageClass(Provider.Proceed.class);
        return asked;
    }

    private static void failed(Provider.Ask ask, ProviderFailure.Kind kind) {
        ask.replyTo()
                .tell(new Provider.Failed(
                        "key", new ProviderFailure(kind, "why", Duration.ofMillis(1_500), "sandbox", "m")));
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
