package io.exai.server.session;

import io.exai.persistence.session.OpenSession;
import io.exai.persistence.session.RunningCall;
import io.exai.protocol.json.WireJson;
import io.exai.server.session.SessionSignal.CallOverdue;
import io.exai.server.session.SessionSignal.WorkReported;
import io.exai.server.session.SessionSignal.WorkStopped;
import io.exai.server.tool.Run;
import io.exai.server.tool.Tool;
import io.exai.server.tool.ToolCall;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/** The runs of a session's calls: one child actor each, watched, with the daemon's deadline over it. */
final class Work {
    private final String session;
    private final SessionParts parts;
    private final ActorContext<SessionCommand> context;
    private final TimerScheduler<SessionCommand> timers;
    private final ActorRef<ToolCall.Report> reports;
    private final Map<String, ActorRef<ToolCall.Command>> running = new HashMap<>();

    Work(
            String session,
            SessionParts parts,
            ActorContext<SessionCommand> context,
            TimerScheduler<SessionCommand> timers) {
        this.session = session;
        this.parts = parts;
        this.context = context;
        this.timers = timers;
        this.reports = context.messageAdapter(ToolCall.Report.class, WorkReported::new);
    }

    boolean isRunning(String requestId) {
        return running.containsKey(requestId);
    }

    /** Starts a call that the journal holds; does nothing for one that has ended meanwhile. */
    void start(OpenSession open, String requestId, String arguments) {
        RunningCall call = open.running().get(requestId);
        Optional<Tool> tool =
                call == null ? Optional.empty() : parts.tools().toolbox().find(call.tool());
        if (call == null || tool.isEmpty()) {
            return;
        }
        if (tool.get().run() instanceof Run.Report) {
            String answer = WireJson.write(Inline.run(tool.get(), parts.tools().reports()));
            if (isAnnounced(call)) {
                context.getSelf().tell(new WorkReported(new ToolCall.Started(requestId)));
            }
            context.getSelf().tell(new WorkReported(new ToolCall.Succeeded(requestId, answer)));
            return;
        }
        ToolCall.Job job = new ToolCall.Job(
                requestId,
                session,
                Fingerprint.of(session, requestId, call.acceptedAt().toString()),
                tool.get(),
                arguments,
                call.progressToken() != null,
                isAnnounced(call));
        ActorRef<ToolCall.Command> run = context.spawnAnonymous(ToolCall.create(job, parts.tools(), reports));
        running.put(requestId, run);
        context.watchWith(run, new WorkStopped(requestId, call.attempt()));
        timers.startSingleTimer(
                requestId,
                new CallOverdue(requestId),
                parts.deadlines().daemon(tool.get().policy().deadline()));
    }

    /** After how long the daemon gives up a call of that tool. */
    Duration timeout(String tool) {
        return parts.tools()
                .toolbox()
                .find(tool)
                .map(found -> parts.deadlines().daemon(found.policy().deadline()))
                .orElse(Duration.ZERO);
    }

    private static boolean isAnnounced(RunningCall call) {
        return call.revision().equals(Submissions.REVISION);
    }

    /** Stops a run; permit and exchange end with it. */
    void interrupt(String requestId) {
        ActorRef<ToolCall.Command> run = running.get(requestId);
        if (run != null) {
            context.stop(run);
        }
        over(requestId);
    }

    /** Forgets a run that has ended. */
    void over(String requestId) {
        running.remove(requestId);
        timers.cancel(requestId);
    }
}
