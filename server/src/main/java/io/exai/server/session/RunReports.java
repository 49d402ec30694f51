package io.exai.server.session;

import io.exai.persistence.session.OpenSession;
import io.exai.persistence.session.RunningCall;
import io.exai.persistence.session.SessionEvent;
import io.exai.persistence.session.SessionEvent.CallRepeated;
import io.exai.persistence.session.SessionState;
import io.exai.protocol.json.WireJson;
import io.exai.protocol.mcp.LogLevel;
import io.exai.protocol.mcp.Revision;
import io.exai.server.session.SessionSignal.TakeUp;
import io.exai.server.session.SessionSignal.WorkReported;
import io.exai.server.tool.CallContext;
import io.exai.server.tool.RunReport;
import java.time.Duration;
import java.util.Objects;
import org.apache.pekko.Done;
import org.apache.pekko.persistence.typed.javadsl.Effect;

/** What running calls report: progress, log messages, questions, and how they end. */
final class RunReports {
    /** By then a node that is cut off is no more, and its sessions are elsewhere. */
    private static final Duration CUT_OFF = Duration.ofSeconds(6);

    private final CallParts own;
    private final Endings endings;
    private final Inputs inputs;

    RunReports(CallParts own, Endings endings, Inputs inputs) {
        this.own = own;
        this.endings = endings;
        this.inputs = inputs;
    }

    Effect<SessionEvent, SessionState> workReported(OpenSession state, WorkReported reported) {
        RunReport report = reported.report();
        RunningCall call = state.running().get(report.requestId());
        if (call == null) {
            return own.effects().none();
        }
        if (report instanceof RunReport.Progressed progress) {
            if (call.progressToken() != null && call.task() == null) {
                own.outbox()
                        .tell(
                                call,
                                new ToClient.Progressed(
                                        call.progressToken(),
                                        call.revision(),
                                        progress.progress(),
                                        progress.total(),
                                        progress.message()));
            }
            return own.effects().none();
        } else if (report instanceof RunReport.Logged logged) {
            log(state, call, logged);
            return own.effects().none();
        } else if (report instanceof RunReport.StreamClosing) {
            if (call.stream() != null) {
                own.outbox().streams().end(call.stream(), new ToClient.StreamClosing());
            }
            return own.effects().none();
        } else if (report instanceof RunReport.Started) {
            own.outbox()
                    .tellMain(new ToClient.Started(
                            call.requestId(), own.work().timeout(call.tool()).toMillis()));
            return own.effects().none();
        }
        if (report instanceof RunReport.Repeated repeated) {
            return repeated(call, repeated);
        }
        own.work().over(report.requestId());
        if (report instanceof RunReport.Interrupted) {
            own.context().scheduleOnce(CUT_OFF, own.context().getSelf(), new TakeUp(report.requestId()));
            return own.effects().none();
        } else if (report instanceof RunReport.Asked asked) {
            return inputs.asked(state, call, asked);
        } else if (report instanceof RunReport.Rejected rejected) {
            return endings.rejected(call, rejected.error());
        }
        return report instanceof RunReport.Succeeded done
                ? endings.answered(call, done.answer())
                : endings.failed(call, (RunReport.Failed) report);
    }

    /** The answer will tell how often the call was started. */
    private Effect<SessionEvent, SessionState> repeated(RunningCall call, RunReport.Repeated repeated) {
        return own.effects()
                .persist(new CallRepeated(
                        call.requestId(),
                        call.attempt() + 1,
                        own.parts().clock().instant()))
                .thenRun((SessionState written) -> repeated.written().tell(Done.getInstance()));
    }

    private void log(OpenSession state, RunningCall call, RunReport.Logged logged) {
        boolean modern = Revision.isModern(call.revision());
        String least = modern
                ? CallContext.read(call.context()).logLevel()
                : Objects.requireNonNullElse(state.logLevel(), "info");
        if (call.task() == null && least != null && LogLevel.reaches(logged.level(), least)) {
            own.outbox()
                    .tell(
                            call,
                            new ToClient.Logged(
                                    logged.level(), logged.logger(), WireJson.write(logged.data()), call.revision()));
        }
    }
}
