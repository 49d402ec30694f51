package io.exai.server.session;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.exai.cluster.ClusterMessage;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/** What a session can be told from outside. */
public sealed interface SessionCommand extends ClusterMessage permits SessionCommand.FromOutside, SessionSignal {
    /** From an edge, a sweeper or the shard, on any node. */
    sealed interface FromOutside extends SessionCommand {}

    /** Asks whether that principal could attach. */
    record Check(String principal, ActorRef<Known> replyTo) implements FromOutside {}

    /**
     * The answer to {@link Check} and others; false for unknown, ended and foreign alike.
     *
     * @param revision that the session's client last named
     */
    record Known(boolean known, @Nullable String revision, List<String> subscriptions) implements ClusterMessage {
        public Known(boolean known) {
            this(known, null, List.of());
        }
    }

    /** Asks what the session is doing; answered by Described. */
    record Describe(String principal, ActorRef<Described> replyTo) implements FromOutside {}

    /** The answer, as JSON text; null for unknown, ended and foreign alike. */
    record Described(@Nullable String json) implements ClusterMessage {}

    /** Begins a session or comes to one that there is; answered by Attached or AttachRefused. */
    sealed interface Opening extends FromOutside {
        /** The connection that owns the session from now on; empty for none. */
        String connection();

        String principal();

        String client();

        String revision();

        @Nullable
        String capabilities();

        /** Whether an unknown session begins now. */
        boolean create();

        ActorRef<ToClient> replyTo();
    }

    /**
     * Gives the session to a connection; answered by Attached or AttachRefused, then by the answers it missed.
     *
     * @param capabilities of the client as JSON text; null when it has not told them
     * @param create whether an unknown session begins now
     */
    record Attach(
            String connection,
            String principal,
            String client,
            String revision,
            @Nullable String capabilities,
            boolean create,
            ActorRef<ToClient> replyTo)
            implements Opening {}

    /** The connection is gone. */
    record Detach(String connection) implements FromOutside {}

    /** The connection is alive, though quiet. */
    record Touch(String connection, ActorRef<ToClient> replyTo) implements FromOutside {}

    /** Runs a tool. */
    sealed interface Call extends FromOutside {
        ToolRequest request();

        ActorRef<ToClient> replyTo();
    }

    /**
     * Says once more what was told before and may be lost: a session that has the call does as it did then. One that
     * has not, for it never got it or has forgotten it, runs nothing and answers Unheard.
     */
    record Retold(
            @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
            @JsonSubTypes({
                @JsonSubTypes.Type(value = CallTool.class, name = "call"),
                @JsonSubTypes.Type(value = CallOnStream.class, name = "stream"),
                @JsonSubTypes.Type(value = SubmitCall.class, name = "submit")
            })
            Call call)
            implements FromOutside {}

    /**
     * Runs a tool; answered by Answered or Rejected, now or on whatever connection is attached when it ends; with a
     * TaskStarted first, and nothing else, when it is a task.
     */
    record CallTool(String connection, ToolRequest request, ActorRef<ToClient> replyTo) implements Call {}

    /**
     * Runs a tool whose answer goes to a response stream of its own: what the call has to say is told to
     * {@code replyTo} until that stops, and StreamEnded when nothing more can come.
     *
     * @param stream random name of the stream, by which a client can come back to it
     * @param opens whether the session begins now if it is unknown: clients without a handshake
     */
    record CallOnStream(String principal, String stream, boolean opens, ToolRequest request, ActorRef<ToClient> replyTo)
            implements Call {}

    /**
     * Comes back to a stream that was cut, or says once more who listens to it; answered by what was missed, then
     * StreamEnded, or Rejected.
     *
     * @param after the sequence of the last answer that the client had on it, or 0
     */
    record Resume(String principal, String stream, long after, ActorRef<ToClient> replyTo) implements FromOutside {}

    /** Withdraws a call that came on a stream; it gets no answer. */
    record CancelOnStream(String principal, String requestId, String reason) implements FromOutside {}

    /** Begins a session that no connection owns; answered by Attached or AttachRefused. */
    record Open(
            String principal,
            String client,
            String revision,
            @Nullable String capabilities,
            ActorRef<ToClient> replyTo) implements Opening {
        @Override
        public String connection() {
            return "";
        }

        @Override
        public boolean create() {
            return true;
        }
    }

    /** Ends the session at the client's wish, with all that runs in it; answered when it is over or was never there. */
    record End(String principal, ActorRef<Known> replyTo) implements FromOutside {}

    /**
     * The client's answer to a request of ours.
     *
     * @param id ours, as JSON text
     * @param result JSON text; null when the client answers with an error
     * @param error JSON text of the error object
     */
    record Respond(
            String principal,
            String id,
            @Nullable String result,
            @Nullable String error) implements FromOutside {}

    /** The client wants, or no longer wants, to hear of changes of a resource; answered when that is written. */
    record Subscribe(String principal, String uri, boolean wanted, ActorRef<Known> replyTo) implements FromOutside {}

    /** The client wants log messages from that level on; answered when that is written. */
    record SetLogLevel(String principal, String level, ActorRef<Known> replyTo) implements FromOutside {}

    /** Something about one task of the session; answered by one TaskReply. */
    record OnTask(String principal, String taskId, TaskAction action, ActorRef<TaskReply> replyTo)
            implements FromOutside {}

    /** Asks for all tasks of the session; answered by TaskReply.Listed. */
    record ListTasks(String principal, ActorRef<TaskReply> replyTo) implements FromOutside {}

    /**
     * As {@link CallTool}, for a client that wants to hear how the call goes: TakenOn, Started and then Answered; or
     * Underway, when the same request runs already, or Duplicate, when an equal one does.
     *
     * @param apart whether it runs even beside an equal call
     */
    record SubmitCall(CallTool call, boolean apart) implements Call {
        @Override
        public ToolRequest request() {
            return call.request();
        }

        @Override
        public ActorRef<ToClient> replyTo() {
            return call.replyTo();
        }
    }

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
