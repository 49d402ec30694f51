package io.exai.server.bench;

import io.exai.protocol.json.WireJson;
import io.exai.provider.actor.Priority;
import io.exai.server.quota.Quota;
import io.exai.server.setting.Settings;
import io.exai.server.tool.CallContext;
import io.exai.server.tool.Job;
import io.exai.server.tool.Kits;
import io.exai.server.tool.Models;
import io.exai.server.tool.RunReport;
import io.exai.server.tool.Tool;
import io.exai.server.tool.ToolCall;
import io.exai.server.tool.ToolParts;
import io.exai.server.tool.Toolbox;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** Runs of {@code chat} as a session starts them, timed as the session hears of them. */
final class VendorRun {
    private final ActorSystem<?> system;
    private final Tool chat;
    private final ToolParts parts;

    VendorRun(ActorSystem<?> system, Settings settings, Models models, ActorRef<Quota.Command> quota) {
        Toolbox toolbox = Toolbox.load("", settings.deadline());
        this.system = system;
        this.chat = toolbox.find("chat").orElseThrow();
        this.parts = Kits.parts(toolbox, models, quota, Clock.systemUTC());
    }

    /** What the model is told before the question. */
    String system() {
        return chat.text();
    }

    CompletionStage<VendorTime.Times> ask(String name, String model) {
        CompletableFuture<VendorTime.Times> times = new CompletableFuture<>();
        Job job = new Job(
                name,
                "session " + name.hashCode() % 10,
                "alice",
                name,
                chat,
                WireJson.write(WireJson.object().put("prompt", name).put("model", model)),
                true,
                true,
                CallContext.none(),
                Priority.NORMAL);
        long begun = System.nanoTime();
        ActorRef<RunReport> session = system.systemActorOf(session(begun, 0, times), name + "-session", Props.empty());
        system.systemActorOf(ToolCall.create(job, parts, session), name + "-run", Props.empty());
        return times;
    }

    private static Behavior<RunReport> session(long begun, long first, CompletableFuture<VendorTime.Times> times) {
        return Behaviors.receiveMessage(report -> {
            long now = System.nanoTime() - begun;
            if (report instanceof RunReport.Progressed progressed && progressed.message() != null && first == 0) {
                return session(begun, now, times);
            } else if (report instanceof RunReport.Succeeded) {
                times.complete(new VendorTime.Times(first, now));
                return Behaviors.stopped();
            } else if (report instanceof RunReport.Failed failed) {
                times.completeExceptionally(new IllegalStateException(failed.message()));
                return Behaviors.stopped();
            }
            return Behaviors.same();
        });
    }
}
