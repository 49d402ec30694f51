package io.exai.server.tool;

import io.exai.provider.chat.Piece;
import java.time.Duration;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/** Tells a session how one run goes on: the first piece of an answer at once, what follows it bundled. Of one run. */
final class ProgressReports {
    /** How often text is passed on at most. */
    private static final Duration INTERVAL = Duration.ofMillis(100);

    private final String requestId;
    private final ActorRef<RunReport> session;
    private final TimerScheduler<ToolCall.Command> timers;
    private final Telling telling = new Telling();
    private double progress;
    private boolean paused;

    ProgressReports(String requestId, ActorRef<RunReport> session, TimerScheduler<ToolCall.Command> timers) {
        this.requestId = requestId;
        this.session = session;
        this.timers = timers;
    }

    void add(Piece piece) {
        telling.add(piece);
        if (!paused) {
            passOn();
        }
    }

    /** Something that is no part of the answer. */
    void note(String text) {
        telling.note(text);
    }

    /** The pause after what was passed on last is over. */
    void passOn() {
        paused = !telling.isEmpty();
        if (paused) {
            flush();
            timers.startSingleTimer(new ToolCall.ProgressDue(), INTERVAL);
        }
    }

    /** Passes on what there is. */
    void flush() {
        if (!telling.isEmpty()) {
            String text = telling.take();
            progress += text.length();
            session.tell(new RunReport.Progressed(requestId, progress, null, text));
        }
    }

    /** A client with a fixed time-out that restarts on progress must not give up on a silent model. */
    void showLife() {
        if (!paused) {
            progress += 1;
            session.tell(new RunReport.Progressed(requestId, progress, null, null));
        }
    }
}
