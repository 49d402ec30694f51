package io.exai.server.session;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.persistence.session.Failure;
import io.exai.persistence.session.OpenSession;
import io.exai.persistence.session.RunningCall;
import io.exai.persistence.session.SessionEvent;
import io.exai.persistence.session.SessionEvent.CallContinued;
import io.exai.persistence.session.SessionState;
import io.exai.protocol.error.ErrorCode;
import io.exai.protocol.json.MalformedJson;
import io.exai.protocol.json.WireJson;
import io.exai.protocol.jsonrpc.RpcError;
import io.exai.protocol.mcp.Revision;
import io.exai.server.script.InputRequest;
import io.exai.server.session.SessionCommand.Respond;
import io.exai.server.tool.CallContext;
import io.exai.server.tool.RunReport;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.EffectFactories;
import org.jspecify.annotations.Nullable;

/** Calls that ask their client for something, and go on when they have it; in the way of each era. */
final class Inputs {
    private final SessionParts parts;
    private final Rounds rounds;
    private final Work work;
    private final Tasks tasks;
    private final Outbox outbox;
    private final EffectFactories<SessionEvent, SessionState> effects;
    private final Endings endings;
    private final Restarts restarts;

    Inputs(CallParts own, Endings endings, Restarts restarts) {
        this.parts = own.parts();
        this.rounds = own.rounds();
        this.work = own.work();
        this.tasks = own.tasks();
        this.outbox = own.outbox();
        this.effects = own.effects();
        this.endings = endings;
        this.restarts = restarts;
    }

    /** The client is asked in the way of its era: by an answer, by requests of ours, or by the task's status. */
    Effect<SessionEvent, SessionState> asked(OpenSession state, RunningCall call, RunReport.Asked asked) {
        boolean modern = Revision.isModern(call.revision());
        Optional<ObjectNode> missing =
                InputRequest.missing(asked.requests(), Work.context(state, call).capabilities());
        if (missing.isPresent()) {
            return endUnasked(call, InputRequest.refusal(call.tool(), missing.get()), modern);
        }
        if (modern && call.task() == null) {
            return endings.answered(call, inputRequired(state, call, asked));
        }
        Rounds.Round round = rounds.open(call.requestId(), asked.requests(), asked.state());
        if (round.isComplete()) {
            return goOn(state, call.requestId());
        }
        work.rest(
                call.requestId(),
                call.task() == null
                        ? parts.settings().inputPatience()
                        : Duration.ofMillis(call.task().ttlMillis()));
        if (!modern) {
            send(call);
        }
        tasks.changed(state, call.requestId());
        return effects.none();
    }

    /** A client is never asked for what it does not declare. */
    private Effect<SessionEvent, SessionState> endUnasked(RunningCall call, RpcError error, boolean modern) {
        return modern
                ? endings.rejected(call, error)
                : endings.fail(call, new Failure(ErrorCode.TOOL_EXECUTION_ERROR.name(), error.message(), false, 0));
    }

    private String inputRequired(OpenSession state, RunningCall call, RunReport.Asked asked) {
        ObjectNode result = WireJson.object().put("resultType", "input_required");
        if (!asked.requests().isEmpty()) {
            result.set("inputRequests", InputRequest.toJson(asked.requests()));
        }
        if (asked.state() != null) {
            result.put(
                    "requestState",
                    parts.seal().seal(state.principal(), call.tool(), call.fingerprint(), asked.state()));
        }
        return WireJson.write(result);
    }

    /** Sends what a call of a legacy client wants to know: to who follows it, or on its stream or connection. */
    private void send(RunningCall call) {
        Optional<ActorRef<ToClient>> follower = tasks.follower(call.requestId());
        rounds.toSend(call.requestId()).forEach((id, request) -> {
            ToClient asked =
                    new ToClient.Asked(id, request.method(), WireJson.write(request.params()), call.revision());
            follower.ifPresentOrElse(client -> client.tell(asked), () -> outbox.tell(call, asked));
        });
    }

    /** Asks there, now and later, what the task of a legacy client wants to know. */
    void follow(RunningCall call, ActorRef<ToClient> listener) {
        tasks.follow(call.requestId(), listener);
        send(call);
    }

    /** Sends again what calls of a stream still want to know, or those that have none held open; to a client that came back. */
    void askAgain(OpenSession state, @Nullable String stream) {
        state.running().values().stream()
                .filter(call -> stream == null ? !outbox.hasStream(call) : stream.equals(call.stream()))
                .forEach(this::send);
    }

    /** The client answers a request of ours. */
    Effect<SessionEvent, SessionState> respond(OpenSession state, Respond answer) {
        Optional<String> id = rounds.callOf(answer);
        RunningCall call = id.map(state.running()::get).orElse(null);
        if (id.isEmpty() || call == null) {
            return effects.none();
        }
        try {
            if (answer.error() != null) {
                rounds.close(id.get());
                String why = WireJson.parse(answer.error()).path("message").asText("an error");
                return endings.fail(
                        call,
                        new Failure(
                                ErrorCode.TOOL_EXECUTION_ERROR.name(),
                                "the client answered what it was asked with: " + why,
                                false,
                                0));
            }
            rounds.take(answer, WireJson.parse(Objects.requireNonNullElse(answer.result(), "null")));
        } catch (MalformedJson impossible) {
            return effects.none();
        }
        return goOnIfComplete(state, id.get());
    }

    /** Gives a task what it waits for, as far as it is there. */
    Effect<SessionEvent, SessionState> update(OpenSession state, String requestId, ObjectNode inputs) {
        inputs.properties().forEach(input -> rounds.give(requestId, input.getKey(), input.getValue()));
        return goOnIfComplete(state, requestId);
    }

    private Effect<SessionEvent, SessionState> goOnIfComplete(OpenSession state, String requestId) {
        boolean complete = rounds.find(requestId).map(Rounds.Round::isComplete).orElse(false);
        if (!complete) {
            tasks.changed(state, requestId);
            return effects.none();
        }
        return goOn(state, requestId);
    }

    /** Runs the next round, with what the client gave. */
    private Effect<SessionEvent, SessionState> goOn(OpenSession state, String requestId) {
        RunningCall call = Objects.requireNonNull(state.running().get(requestId));
        Rounds.Round round = rounds.find(requestId).orElseThrow();
        String next = CallContext.read(call.context())
                .with(round.inputs(), round.state())
                .write();
        rounds.close(requestId);
        return effects.persist(new CallContinued(requestId, next, parts.clock().instant()))
                .thenRun((OpenSession open) -> {
                    work.over(requestId);
                    restarts.restart(open, requestId);
                    tasks.changed(open, requestId);
                });
    }
}
