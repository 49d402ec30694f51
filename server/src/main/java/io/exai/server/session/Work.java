package io.exai.server.session;

import io.exai.persistence.session.OpenSession;
import io.exai.persistence.session.RunningCall;
import io.exai.protocol.json.WireJson;
import io.exai.provider.actor.Priority;
import io.exai.server.session.SessionSignal.CallOverdue;
import io.exai.server.session.SessionSignal.WorkReported;
import io.exai.server.session.SessionSignal.WorkStopped;
import io.exai.server.tool.CallContext;
import io.exai.server.tool.Inline;
import io.exai.server.tool.Job;
import io.exai.server.tool.Run;
import io.exai.server.tool.RunReport;
import io.exai.server.tool.Tool;
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
    private final ActorRef<RunReport> reports;
    private final Map<String, ActorRef<?>> running = new HashMap<>();

    Work(
            String session,
            SessionParts parts,
            ActorContext<SessionCommand> context,
            TimerScheduler<SessionCommand> timers) {
        this.session = session;
        this.parts = parts;
        this.context = context;
        this.timers = timers;
        this.reports = context.messageAdapter(RunReport.class, WorkReported::new);
    }

    /** Whether that very run is the one that the call waits for. */
    boolean isRun(String requestId, ActorRef<?> run) {
        return run.equals(running.get(requestId));
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
                context.getSelf().tell(new WorkReported(new RunReport.Started(requestId)));
            }
            context.getSelf().tell(new WorkReported(new RunReport.Succeeded(requestId, answer)));
            return;
        }
        ActorRef<?> run = spawn(job(open, call, tool.get(), arguments));
        running.put(requestId, run);
        context.watchWith(run, new WorkStopped(requestId, run));
        timers.startSingleTimer(
                requestId,
                new CallOverdue(requestId),
                parts.deadlines().daemon(tool.get().policy().deadline()));
    }

    private Job job(OpenSession open, RunningCall call, Tool tool, String arguments) {
        return new Job(
                call.requestId(),
                session,
                open.principal(),
                Fingerprint.of(session, call.requestId(), call.acceptedAt().toString()),
                tool,
                arguments,
                call.progressToken() != null && call.task() == null,
                isAnnounced(call),
                context(open, call),
                priority(open, call));
    }

    private Priority priority(OpenSession open, RunningCall call) {
        if (call.task() != null) {
            return Priority.LOW;
        }
        return parts.tools().first().contains(open.principal()) ? Priority.HIGH : Priority.NORMAL;
    }

    /** What the client said with the call, or when it introduced itself. */
    static CallContext context(OpenSession open, RunningCall call) {
        CallContext said = CallContext.read(call.context());
        return said.capabilities().isEmpty() && open.capabilities() != null
                ? said.of(CallContext.capabilities(open.capabilities()))
                : said;
    }

    private ActorRef<?> spawn(Job job) {
        return context.spawnAnonymous(job.behavior(parts.tools(), reports));
    }

    /** The run of this round has ended, and the call waits for its client: not for ever. */
    void rest(String requestId, Duration patience) {
        running.remove(requestId);
        timers.startSingleTimer(requestId, new CallOverdue(requestId), patience);
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
        ActorRef<?> run = running.get(requestId);
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

    /** Forgets all runs: they ended with the life before this one. */
    void forgetAll() {
        running.keySet().forEach(timers::cancel);
        running.clear();
    }
}
