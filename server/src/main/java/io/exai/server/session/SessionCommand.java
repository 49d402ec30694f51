package io.exai.server.session;

import io.exai.cluster.ClusterMessage;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/** What a session can be told from outside. */
public sealed interface SessionCommand extends ClusterMessage permits SessionCommand.FromOutside, SessionSignal {
    /** From an edge, a sweeper or the shard, on any node. */
    sealed interface FromOutside extends SessionCommand {}

    /** Asks whether that principal could attach. */
    record Check(String principal, ActorRef<Known> replyTo) implements FromOutside {}

    /** The answer to {@link Check}; false for unknown, ended and foreign alike. */
    record Known(boolean known) implements ClusterMessage {}

    /**
     * Gives the session to a connection; answered by Attached or AttachRefused, then by the answers it missed.
     *
     * @param create whether an unknown session begins now
     */
    record Attach(
            String connection,
            String principal,
            String client,
            String revision,
            boolean create,
            ActorRef<ToClient> replyTo)
            implements FromOutside {}

    /** The connection is gone. */
    record Detach(String connection) implements FromOutside {}

    /** The connection is alive, though quiet. */
    record Touch(String connection, ActorRef<ToClient> replyTo) implements FromOutside {}

    /**
     * Runs a tool; answered by Answered or Rejected, now or on whatever connection is attached when it ends.
     *
     * @param arguments JSON text, checked against the tool's schema
     */
    record CallTool(
            String connection,
            String requestId,
            String tool,
            String arguments,
            @Nullable String progressToken,
            String revision,
            ActorRef<ToClient> replyTo)
            implements FromOutside {}

    /**
     * As {@link CallTool}, for a client that wants to hear how the call goes: TakenOn, Started and then Answered; or
     * Underway, when the same request runs already, or Duplicate, when an equal one does.
     *
     * @param apart whether it runs even beside an equal call
     */
    record SubmitCall(CallTool call, boolean apart) implements FromOutside {}

    /** Asks which calls run; answered by one Underway for each. */
    record Recall(String connection, ActorRef<ToClient> replyTo) implements FromOutside {}

    /** As {@link CancelCall}, answered by Withdrawn. */
    record Withdraw(CancelCall cancel, ActorRef<ToClient> replyTo) implements FromOutside {}

    /** Withdraws a call; it gets no answer. */
    record CancelCall(String connection, String requestId, String reason) implements FromOutside {}

    /** The client has every answer up to that sequence. */
    record Acknowledge(String connection, long upTo) implements FromOutside {}

    /** Looks whether the session has outlived its time; wakes calls that a crash interrupted. */
    record Sweep() implements FromOutside {}

    /** Leaves memory; from the shard, on passivation and hand-over. */
    record Stop() implements FromOutside {}
}
