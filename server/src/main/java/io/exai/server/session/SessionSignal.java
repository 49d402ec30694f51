package io.exai.server.session;

import io.exai.persistence.session.Payload;
import io.exai.server.change.TaskView;
import io.exai.server.tool.RunReport;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/** What a session tells itself. */
sealed interface SessionSignal extends SessionCommand {
    /** The principal may, or may not, have one session more. */
    record Admitted(Opening wish, boolean granted) implements SessionSignal {}

    /** Large arguments are in the payload store, or could not be stored. */
    record ArgumentsStored(Calls.Entry call, @Nullable Payload arguments) implements SessionSignal {}

    /** The arguments of a call to repeat were read back, or could not be. */
    record ArgumentsRead(String requestId, @Nullable String arguments) implements SessionSignal {}

    /** A running call reports. */
    record WorkReported(RunReport report) implements SessionSignal {}

    /** A large answer is in the payload store, or could not be stored. */
    record AnswerStored(String requestId, @Nullable Payload stored) implements SessionSignal {}

    /** The actor of a running call stopped. */
    record WorkStopped(String requestId, ActorRef<?> run) implements SessionSignal {}

    /** A call ran past the daemon's deadline. */
    record CallOverdue(String requestId) implements SessionSignal {}

    /** A stored answer was read back, for the connection that was attached then. */
    record AnswerRead(String connection, ToClient.Answered answer) implements SessionSignal {}

    /** A stored answer was read back, for a response stream. */
    record StreamAnswerRead(String stream, ToClient.Answered answer) implements SessionSignal {}

    /** The outcome of a task was read back, for those who asked. */
    record TaskRead(TaskView task, ActorRef<TaskReply> replyTo) implements SessionSignal {}

    /** Who held response streams is gone. */
    record StreamLost(ActorRef<ToClient> client) implements SessionSignal {}

    /** Acknowledgements have waited long enough for an event to ride on. */
    record AcknowledgementsDue() implements SessionSignal {}

    /** Calls were found running after recovery. */
    record WokenWithWork() implements SessionSignal {}

    /** A call whose run had to be stopped is taken up again. */
    record TakeUp(String requestId) implements SessionSignal {}

    /** Time to see whether anybody still needs this actor in memory. */
    record IdleCheck() implements SessionSignal {}

    /** The attached connection's actor is gone, perhaps with its node. */
    record ConnectionLost(String connection) implements SessionSignal {}
}
