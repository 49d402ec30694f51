package io.exai.server.tool;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.exai.protocol.json.WireJson;
import io.exai.protocol.jsonrpc.RpcError;
import io.exai.protocol.mcp.ToolDescription;
import io.exai.protocol.mcp.ToolTraits;
import io.exai.provider.actor.Priority;
import io.exai.server.change.Change;
import io.exai.server.metric.Meter;
import io.exai.server.quota.Quota;
import io.exai.server.script.InputRequest;
import io.exai.server.script.Script;
import io.exai.server.script.Step;
import io.exai.server.setting.Settings;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A script's steps, one after the other, to the one that ends the round. */
class ScriptRunTest {
    private static final Settings SETTINGS =
            Settings.load(null, ConfigFactory.parseString("exai.providers.sandbox.enabled = on"));

    private final ActorTestKit kit = ActorTestKit.create(ManualTime.config());
    private final ManualTime time = ManualTime.get(kit.system());
    private final TestProbe<RunReport> session = kit.createTestProbe(RunReport.class);
    private final List<Change> announced = new ArrayList<>();

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    @Test
    void takesStepsInTheirOrderAndStopsAtTheEnd() {
        ActorRef<ScriptRun.Command> run = start(invocation -> List.of(
                new Step.Progress(1, 2.0, "half"),
                new Step.Log("info", "l", WireJson.text("x")),
                new Step.CloseStream(),
                new Step.Announce(new Change.Tools()),
                said("done"),
                said("never")));

        session.expectMessage(new RunReport.Progressed("1", 1, 2.0, "half"));
        session.expectMessage(new RunReport.Logged("1", "info", "l", WireJson.text("x")));
        session.expectMessage(new RunReport.StreamClosing("1"));
        assertThat(session.expectMessageClass(RunReport.Succeeded.class).answer())
                .contains("done");
        session.expectTerminated(run);
        assertThat(announced).containsExactly(new Change.Tools());
    }

    @Test
    void waitsWhereItIsToldTo() {
        start(invocation -> List.of(new Step.Pause(Duration.ofSeconds(5)), said("late")));

        time.expectNoMessageFor(Duration.ofMillis(4_999), session);
        time.timePasses(Duration.ofMillis(1));

        assertThat(session.expectMessageClass(RunReport.Succeeded.class).answer())
                .contains("late");
    }

    @Test
    void endsTheRoundWithAQuestionOrAnError() {
        Map<String, InputRequest> requests = Map.of("k", new InputRequest("roots/list", WireJson.object()));
        start(invocation -> List.of(new Step.Ask(requests, "state"), said("never")));
        session.expectMessage(new RunReport.Asked("1", requests, "state"));

        RpcError error = RpcError.of(-32001, "no");
        start(invocation -> List.of(new Step.Reject(error)));
        session.expectMessage(new RunReport.Rejected("1", error));
    }

    @Test
    void failsWhenTheScriptThrowsOrEndsWithoutAnEnd() {
        start(invocation -> {
            throw new IllegalStateException("as told");
        });
        RunReport.Failed failed = session.expectMessageClass(RunReport.Failed.class);
        assertThat(failed.started()).isTrue();
        assertThat(failed.message()).contains("as told");

        start(invocation -> List.of(new Step.Progress(1, null, null)));
        session.expectMessageClass(RunReport.Progressed.class);
        assertThat(session.expectMessageClass(RunReport.Failed.class).message()).contains("without an answer");
    }

    @Test
    void tellsTheScriptWhatTheClientSaid() {
        CallContext context = new CallContext(
                WireJson.object().put("sampling", true), null, Map.of("k", WireJson.text("given")), "before");

        start(
                invocation -> List.of(said(invocation.can("sampling") + " " + invocation.can("roots") + " "
                        + invocation.inputs().get("k") + " " + invocation.state() + " " + invocation.arguments())),
                CallContext.read(context.write()));

        assertThat(session.expectMessageClass(RunReport.Succeeded.class).answer())
                .contains("true false", "given", "before", "argument");
    }

    @Test
    void readsAContextThatIsNoneAsNone() {
        for (String text : new String[] {null, "", "7", "{", "{\"capabilities\":7,\"inputs\":7}"}) {
            assertThat(CallContext.read(text)).isEqualTo(CallContext.none());
        }
    }

    private ActorRef<ScriptRun.Command> start(Script script) {
        return start(script, CallContext.none());
    }

    private ActorRef<ScriptRun.Command> start(Script script, CallContext context) {
        ToolDescription description = new ToolDescription(
                "t", "t", "For tests.", WireJson.object().put("type", "object"), ToolTraits.of(true, false));
        Tool tool = Tool.scripted(description, Policy.durable(Duration.ofMinutes(1)), script);
        Job job = new Job("1", "s", "alice", "key", tool, "{\"argument\":1}", false, false, context, Priority.NORMAL);
        ToolParts parts = Kits.parts(
                Toolbox.of(List.of(tool)),
                Kits.models(SETTINGS.providers(), Map.of(), Meter.none()),
                kit.createTestProbe(Quota.Command.class).ref(),
                announced::add,
                Clock.systemUTC());
        return kit.spawn(ScriptRun.create(job, script, parts, session.ref()));
    }

    private static Step.Complete said(String text) {
        return new Step.Complete(ToolAnswer.text(text));
    }
}
