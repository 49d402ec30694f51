package io.exai.server.session;

import io.exai.persistence.session.OpenSession;
import io.exai.persistence.session.RunningCall;
import io.exai.persistence.session.SessionEvent;
import io.exai.persistence.session.SessionEvent.LogLevelSet;
import io.exai.persistence.session.SessionEvent.SubscriptionsChanged;
import io.exai.persistence.session.SessionState;
import io.exai.protocol.json.WireJson;
import io.exai.server.session.SessionCommand.Describe;
import io.exai.server.session.SessionCommand.Described;
import io.exai.server.session.SessionCommand.Known;
import io.exai.server.session.SessionCommand.ListTasks;
import io.exai.server.session.SessionCommand.OnTask;
import io.exai.server.session.SessionCommand.SetLogLevel;
import io.exai.server.session.SessionCommand.Subscribe;
import io.exai.server.session.SessionSignal.TaskRead;
import io.exai.server.tool.CallContext;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.EffectFactories;

/** What a client wants of its session beside calls: subscriptions, a log level, and its tasks. */
final class Wishes {
    /** How many resources one session may subscribe to. */
    private static final int MOST_SUBSCRIPTIONS = 1_000;

    private final CallParts own;
    private final Calls calls;
    private final Inputs inputs;
    private final Tasks tasks;
    private final SessionParts parts;
    private final ActorContext<SessionCommand> context;
    private final EffectFactories<SessionEvent, SessionState> effects;
    private final Lifetime lifetime;

    Wishes(CallParts own, Calls calls, Inputs inputs, Lifetime lifetime) {
        this.own = own;
        this.calls = calls;
        this.inputs = inputs;
        this.tasks = own.tasks();
        this.parts = own.parts();
        this.context = own.context();
        this.effects = own.effects();
        this.lifetime = lifetime;
    }

    Effect<SessionEvent, SessionState> subscribe(OpenSession state, Subscribe wish) {
        if (!wish.principal().equals(state.principal())) {
            return own.unknown(wish);
        }
        TreeSet<String> uris = new TreeSet<>(state.subscriptions());
        boolean changed =
                wish.wanted() ? uris.size() < MOST_SUBSCRIPTIONS && uris.add(wish.uri()) : uris.remove(wish.uri());
        boolean known = !wish.wanted() || uris.contains(wish.uri());
        return changed
                ? effects.persist(new SubscriptionsChanged(
                                List.copyOf(uris), parts.clock().instant()))
                        .thenRun(() -> wish.replyTo().tell(new Known(known)))
                : effects.none().thenRun(() -> wish.replyTo().tell(new Known(known)));
    }

    Effect<SessionEvent, SessionState> setLogLevel(OpenSession state, SetLogLevel wish) {
        return wish.principal().equals(state.principal())
                ? effects.persist(new LogLevelSet(wish.level(), parts.clock().instant()))
                        .thenRun(() -> wish.replyTo().tell(new Known(true)))
                : own.unknown(wish);
    }

    Effect<SessionEvent, SessionState> describe(OpenSession state, Describe wish) {
        if (!wish.principal().equals(state.principal())) {
            return own.unknown(wish);
        }
        lifetime.touch();
        wish.replyTo().tell(new Described(WireJson.write(Portrait.of(state, tasks.all(state)))));
        return effects.none();
    }

    Effect<SessionEvent, SessionState> onTask(OpenSession state, OnTask wish) {
        Optional<String> found =
                wish.principal().equals(state.principal()) ? tasks.requestOf(state, wish.taskId()) : Optional.empty();
        if (found.isEmpty()) {
            return own.unknown(wish);
        }
        lifetime.touch();
        String request = found.get();
        RunningCall call = state.running().get(request);
        if (wish.action() instanceof TaskAction.Get) {
            tasks.reply(state, request, wish.replyTo());
            return effects.none();
        } else if (wish.action() instanceof TaskAction.AwaitResult) {
            tasks.await(state, request, wish.taskId(), wish.replyTo());
            return effects.none();
        } else if (call == null) {
            wish.replyTo().tell(new TaskReply.Unfit("the task has ended already"));
            return effects.none();
        } else if (wish.action() instanceof TaskAction.Follow follow) {
            inputs.follow(call, follow.listener());
            tasks.reply(state, request, wish.replyTo());
            return effects.none();
        } else if (wish.action() instanceof TaskAction.Update update) {
            context.getSelf().tell(new OnTask(wish.principal(), wish.taskId(), new TaskAction.Get(), wish.replyTo()));
            return inputs.update(state, request, CallContext.capabilities(update.inputs()));
        }
        context.getSelf().tell(new OnTask(wish.principal(), wish.taskId(), new TaskAction.Get(), wish.replyTo()));
        return calls.cancel(state, request, "the client cancelled the task");
    }

    Effect<SessionEvent, SessionState> listTasks(OpenSession state, ListTasks wish) {
        wish.replyTo()
                .tell(
                        wish.principal().equals(state.principal())
                                ? new TaskReply.Listed(tasks.all(state))
                                : new TaskReply.NotFound());
        return effects.none();
    }

    Effect<SessionEvent, SessionState> taskRead(OpenSession state, TaskRead read) {
        read.replyTo().tell(new TaskReply.Found(read.task()));
        return effects.none();
    }
}
