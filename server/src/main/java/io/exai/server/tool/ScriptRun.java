package io.exai.server.tool;

import com.fasterxml.jackson.databind.JsonNode;
import io.exai.protocol.error.ErrorCode;
import io.exai.protocol.json.MalformedJson;
import io.exai.protocol.json.WireJson;
import io.exai.server.script.Invocation;
import io.exai.server.script.Script;
import io.exai.server.script.Step;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/** One round of one call of a scripted tool: takes its steps. Stopping it, for whatever reason, ends the round. */
public final class ScriptRun extends AbstractBehavior<ScriptRun.Command> {
    /** What a run hears: its own timers. */
    public sealed interface Command {}

    private record PauseOver() implements Command {}

    private final Job job;
    private final ToolParts parts;
    private final ActorRef<RunReport> session;
    private final TimerScheduler<Command> timers;
    private final Deque<Step> steps = new ArrayDeque<>();

    private ScriptRun(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            Job job,
            ToolParts parts,
            ActorRef<RunReport> session) {
        super(context);
        this.timers = timers;
        this.job = job;
        this.parts = parts;
        this.session = session;
    }

    public static Behavior<Command> create(Job job, Script script, ToolParts parts, ActorRef<RunReport> session) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            ScriptRun run = new ScriptRun(context, timers, job, parts, session);
            return run.begin(script);
        }));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder().onMessage(PauseOver.class, over -> go()).build();
    }

    private Behavior<Command> begin(Script script) {
        try {
            CallContext context = job.context();
            JsonNode arguments = WireJson.parse(job.arguments());
            List<Step> next =
                    script.next(new Invocation(arguments, context.capabilities(), context.inputs(), context.state()));
            steps.addAll(next);
            if (job.announced()) {
                session.tell(new RunReport.Started(job.requestId()));
            }
        } catch (MalformedJson | RuntimeException broken) {
            return failed(ErrorCode.TOOL_EXECUTION_ERROR, job.tool().name() + " failed: " + broken.getMessage());
        }
        return go();
    }

    /** Takes steps up to the next pause or the end. */
    private Behavior<Command> go() {
        for (Step step = steps.poll(); step != null; step = steps.poll()) {
            if (step instanceof Step.Pause pause) {
                timers.startSingleTimer(new PauseOver(), pause.time());
                return this;
            }
            RunReport last = take(step);
            if (last != null) {
                session.tell(last);
                return Behaviors.stopped();
            }
        }
        return failed(ErrorCode.INTERNAL_ERROR, job.tool().name() + " ended without an answer");
    }

    /** The report that ends the round, if this step does. */
    private @org.jspecify.annotations.Nullable RunReport take(Step step) {
        String id = job.requestId();
        if (step instanceof Step.Progress progress) {
            session.tell(new RunReport.Progressed(id, progress.progress(), progress.total(), progress.message()));
        } else if (step instanceof Step.Log log) {
            session.tell(new RunReport.Logged(id, log.level(), log.logger(), log.data()));
        } else if (step instanceof Step.CloseStream) {
            session.tell(new RunReport.StreamClosing(id));
        } else if (step instanceof Step.Announce announce) {
            parts.announcer().accept(announce.change());
        } else if (step instanceof Step.Ask ask) {
            return new RunReport.Asked(id, ask.requests(), ask.state());
        } else if (step instanceof Step.Complete complete) {
            return AnswerCheck.problem(job.tool(), complete.result())
                    .<RunReport>map(problem ->
                            new RunReport.Failed(id, true, ErrorCode.TOOL_EXECUTION_ERROR, problem, false, 0))
                    .orElseGet(() -> new RunReport.Succeeded(id, WireJson.write(complete.result())));
        } else if (step instanceof Step.Reject reject) {
            return new RunReport.Rejected(id, reject.error());
        }
        return null;
    }

    private Behavior<Command> failed(ErrorCode code, String message) {
        session.tell(new RunReport.Failed(job.requestId(), true, code, message, code.retryable(), 0));
        return Behaviors.stopped();
    }
}
