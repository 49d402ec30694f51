package io.exai.server.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.error.ErrorCode;
import io.exai.protocol.json.MalformedJson;
import io.exai.protocol.json.WireJson;
import io.exai.provider.actor.Provider;
import io.exai.provider.chat.ChatAnswer;
import io.exai.provider.chat.ProviderFailure;
import io.exai.provider.router.Plan;
import io.exai.provider.router.Router;
import io.exai.server.conversation.ConversationCommand;
import io.exai.server.conversation.ConversationCommand.ConversationReply;
import io.exai.server.quota.Quota;
import io.exai.server.spending.Spending;
import io.exai.server.spending.budget.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/**
 * One run of one call that asks a model: waits for a permit of the provider, then for one of the daemon, so that who waits
 * for one vendor keeps nobody from another; tells its session how it goes. Stopping it, for whatever reason, interrupts the
 * provider and returns the permits.
 */
public final class ToolCall extends AbstractBehavior<ToolCall.Command> {
    /** What a run hears; all of it from its own adapters and timers. */
    public sealed interface Command {}

    private record PermitDecided(Quota.Grant grant) implements Command {}

    private record ConversationReplied(ConversationReply reply) implements Command {}

    private record ProviderReplied(Provider.Reply reply) implements Command {}

    record ProgressDue() implements Command {}

    private record Heartbeat() implements Command {}

    private record DeadlinePassed() implements Command {}

    private final Job job;
    private final ToolParts parts;
    private final ActorRef<RunReport> session;
    private final TimerScheduler<Command> timers;
    private final long deadline;
    private final ProgressReports progress;
    private @Nullable ModelQuestion question;
    private @Nullable Continuation thread;
    private @Nullable Attempts attempts;
    private boolean begun;
    private int turn;
    private String budgetWarning = "";
    private ObjectNode answer = WireJson.object();

    private ToolCall(
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
        this.progress = new ProgressReports(job.requestId(), session, timers);
        this.deadline = System.nanoTime() + job.tool().policy().deadline().toNanos();
    }

    public static Behavior<Command> create(Job job, ToolParts parts, ActorRef<RunReport> session) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            return new ToolCall(context, timers, job, parts, session).start();
        }));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(PermitDecided.class, this::permitDecided)
                .onMessage(ConversationReplied.class, this::conversationReplied)
                .onMessage(ProviderReplied.class, this::providerReplied)
                .onMessage(ProgressDue.class, due -> same(progress::passOn))
                .onMessage(Heartbeat.class, beat -> same(progress::showLife))
                .onMessage(DeadlinePassed.class, late -> deadlinePassed())
                .build();
    }

    private Behavior<Command> start() {
        Duration deadline = job.tool().policy().deadline();
        timers.startSingleTimer(new DeadlinePassed(), deadline);
        if (job.streamed()) {
            timers.startTimerWithFixedDelay(new Heartbeat(), parts.heartbeat());
        }
        return listen();
    }

    private Behavior<Command> acquire() {
        parts.quota()
                .tell(new Quota.Acquire(
                        job.session(),
                        job.priority(),
                        getContext().getSelf().unsafeUpcast(),
                        turn,
                        getContext().messageAdapter(Quota.Grant.class, PermitDecided::new)));
        return this;
    }

    private Behavior<Command> permitDecided(PermitDecided decided) {
        if (isOld(decided.grant())) {
            return this;
        }
        if (decided.grant() instanceof Quota.Refused refused) {
            return end(new RunReport.Failed(
                    job.requestId(),
                    false,
                    ErrorCode.OVER_CAPACITY,
                    "all permits are taken; retry soon",
                    true,
                    refused.retryAfterMillis()));
        }
        if (decided.grant() instanceof Quota.Revoked) {
            return end(new RunReport.Interrupted(job.requestId()));
        }
        if (job.announced() && !begun) {
            session.tell(new RunReport.Started(job.requestId()));
        }
        begun = true;
        Objects.requireNonNull(attempts).provider().tell(new Provider.Proceed(providerReplies()));
        return this;
    }

    /** It answers an ask that was given back before the answer was known. */
    private boolean isOld(Quota.Grant grant) {
        return (grant instanceof Quota.Granted granted && granted.turn() != turn)
                || (grant instanceof Quota.Refused refused && refused.turn() != turn);
    }

    /** What was said before comes first, and nobody else goes on with it meanwhile. */
    private Behavior<Command> listen() {
        JsonNode arguments;
        try {
            arguments = WireJson.parse(job.arguments());
        } catch (MalformedJson broken) {
            return fail(ErrorCode.INTERNAL_ERROR, "arguments cannot be read back: " + broken.getMessage(), false, 0);
        }
        question = new ModelQuestion(job, arguments, List.of());
        thread = Continuation.of(job, arguments, parts.conversations()).orElse(null);
        if (thread == null) {
            return ask(question);
        }
        thread.askForWord(getContext().getSelf().unsafeUpcast(), conversationReplies());
        return this;
    }

    private ActorRef<ConversationReply> conversationReplies() {
        return getContext().messageAdapter(ConversationReply.class, ConversationReplied::new);
    }

    private Behavior<Command> conversationReplied(ConversationReplied replied) {
        if (replied.reply() instanceof ConversationCommand.Floor floor) {
            return ask(Objects.requireNonNull(question).after(floor.turns()));
        } else if (replied.reply() instanceof ConversationCommand.Taken taken) {
            return end(new RunReport.Succeeded(
                    job.requestId(),
                    WireJson.write(Objects.requireNonNull(thread).offer(answer, taken.turns()))));
        } else if (replied.reply() instanceof ConversationCommand.Busy) {
            return fail(ErrorCode.OVER_CAPACITY, "too many calls wait to go on with this conversation", true, 1_000);
        }
        return fail(ErrorCode.VALIDATION_ERROR, Objects.requireNonNull(thread).unknown(), false, 0);
    }

    private Behavior<Command> ask(ModelQuestion asked) {
        question = asked;
        if (!ModelCheck.isKnown(asked.wanted(), parts.catalogue())) {
            return fail(ErrorCode.VALIDATION_ERROR, ModelCheck.unknown(asked.wanted(), parts.catalogue()), false, 0);
        }
        Spending spending = parts.models().spending();
        Verdict verdict = spending.verdict(job.principal());
        if (verdict instanceof Verdict.Stopped stopped) {
            return fail(
                    ErrorCode.OVER_CAPACITY,
                    stopped.line(),
                    true,
                    stopped.retryAfter().toMillis());
        }
        budgetWarning = verdict instanceof Verdict.Warned warned ? warned.line() : "";
        Plan plan = plan(asked, spending.left(job.principal()));
        if (plan.choices().isEmpty()) {
            return fail(ErrorCode.VALIDATION_ERROR, ModelCheck.unfit(plan), false, 0);
        }
        attempts = new Attempts(asked, plan, parts.models(), deadline);
        return askNext(attempts);
    }

    /** What is left of a budget is stayed below where that is possible; it stops nobody before it is spent. */
    private Plan plan(ModelQuestion asked, long left) {
        Router router = parts.models().router();
        Plan thrifty = router.plan(asked.wanted(), asked.need(), left);
        return thrifty.choices().isEmpty() && left > 0 ? router.plan(asked.wanted(), asked.need(), 0) : thrifty;
    }

    private Behavior<Command> askNext(Attempts next) {
        next.provider().tell(next.ask(job, providerReplies()));
        return this;
    }

    private ActorRef<Provider.Reply> providerReplies() {
        return getContext().messageAdapter(Provider.Reply.class, ProviderReplied::new);
    }

    private Behavior<Command> providerReplied(ProviderReplied replied) {
        if (replied.reply() instanceof Provider.Ready) {
            return acquire();
        } else if (replied.reply() instanceof Provider.Delta delta) {
            progress.add(delta.piece());
            return this;
        } else if (replied.reply() instanceof Provider.Answered answered) {
            progress.flush();
            return answered(answered);
        }
        return failed((Provider.Failed) replied.reply());
    }

    /** Another model may do better; the permit is free meanwhile, as one may have to be waited for there. */
    private Behavior<Command> failed(Provider.Failed failed) {
        Attempts tried = Objects.requireNonNull(attempts);
        tried.count(failed.failure().kind(), failed.attempts());
        if (failed.failure().kind() == ProviderFailure.Kind.REVOKED) {
            return end(new RunReport.Interrupted(job.requestId()));
        }
        String model = tried.choice().model().name();
        if (tried.goOn(failed)) {
            parts.quota().tell(new Quota.Release(getContext().getSelf().unsafeUpcast()));
            turn++;
            progress.note(model + " failed, " + tried.choice().model().name() + " is asked");
            return askNext(tried);
        }
        ProviderFailure.Kind kind = tried.failure().kind();
        return end(new RunReport.Failed(
                job.requestId(),
                begun || kind != ProviderFailure.Kind.OVER_CAPACITY,
                code(kind),
                tried.failureText(),
                tried.retryable(),
                tried.retryAfterMillis()));
    }

    private Behavior<Command> answered(Provider.Answered answered) {
        ChatAnswer chat = answered.answer();
        Attempts made = Objects.requireNonNull(attempts);
        answer = made.answer(chat, answered.effort(), job);
        if (!budgetWarning.isEmpty()) {
            answer.withObject("/_meta").put("io.exai/budget", budgetWarning);
        }
        parts.models()
                .spending()
                .record(made.entry(chat, answered.effort(), job, parts.clock().instant()));
        if (thread == null) {
            return end(new RunReport.Succeeded(job.requestId(), WireJson.write(answer)));
        }
        thread.take(Objects.requireNonNull(question), chat, parts.clock().instant(), conversationReplies());
        return this;
    }

    private Behavior<Command> deadlinePassed() {
        if (attempts != null) {
            attempts.timedOut();
        }
        return fail(
                ErrorCode.TIMEOUT,
                job.tool().name() + " exceeded "
                        + job.tool().policy().deadline().toSeconds() + " s",
                true,
                0);
    }

    private static ErrorCode code(ProviderFailure.Kind kind) {
        return switch (kind) {
            case RATE_LIMITED, OVER_CAPACITY -> ErrorCode.OVER_CAPACITY;
            case TIMEOUT, STALLED -> ErrorCode.TIMEOUT;
            case INTERNAL -> ErrorCode.INTERNAL_ERROR;
            default -> ErrorCode.PROVIDER_ERROR;
        };
    }

    private Behavior<Command> fail(ErrorCode code, String message, boolean retryable, long retryAfterMillis) {
        return end(new RunReport.Failed(job.requestId(), true, code, message, retryable, retryAfterMillis));
    }

    private Behavior<Command> same(Runnable work) {
        work.run();
        return this;
    }

    private Behavior<Command> end(RunReport last) {
        session.tell(last);
        return Behaviors.stopped();
    }
}
