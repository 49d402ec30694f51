package io.exai.server.tool;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.persistence.usage.UsageEntry;
import io.exai.protocol.json.WireJson;
import io.exai.provider.actor.Effort;
import io.exai.provider.actor.Provider;
import io.exai.provider.catalogue.Model;
import io.exai.provider.chat.ChatAnswer;
import io.exai.provider.chat.ProviderFailure;
import io.exai.provider.router.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.pekko.actor.typed.ActorRef;

/** The models that one call asks, one after the other, and what came of each; owned by the call's run. */
final class Attempts {
    /** With less time left nobody else is asked. */
    private static final Duration LEAST_TIME = Duration.ofMillis(500);

    private static final Duration LEAST_SILENCE = Duration.ofSeconds(1);
    private static final int LONGEST_REASONING = 20_000;

    private final ModelQuestion question;
    private final Plan plan;
    private final Models models;
    private final long deadline;
    private final List<Missed> missed = new ArrayList<>();
    private int next;
    private int requests;
    private boolean open;

    private record Missed(Model model, ProviderFailure failure) {}

    /**
     * Of a call that has to end at a time as of {@link System#nanoTime}.
     *
     * @param plan with at least one choice
     */
    Attempts(ModelQuestion question, Plan plan, Models models, long deadline) {
        this.question = question;
        this.plan = plan;
        this.models = models;
        this.deadline = deadline;
    }

    /** The model that is asked at present, or next when none is yet. */
    Plan.Choice choice() {
        return plan.choices().get(Math.min(next, plan.choices().size() - 1));
    }

    ActorRef<Provider.Command> provider() {
        ActorRef<Provider.Command> provider =
                models.providers().get(choice().model().provider());
        if (provider == null) {
            throw new IllegalStateException(choice().model().provider() + " is not on");
        }
        return provider;
    }

    Provider.Ask ask(Job job, ActorRef<Provider.Reply> replyTo) {
        Duration left = left();
        open = true;
        return new Provider.Ask(
                question.request(choice().model(), left),
                job.session(),
                job.priority(),
                true,
                silence(left, job.streamed()),
                replyTo);
    }

    /** Long silence is borne only while there is nobody else to ask. */
    private Duration silence(Duration left, boolean streamed) {
        if (next + 1 >= plan.choices().size()) {
            return Duration.ZERO;
        }
        Duration half = left.dividedBy(2);
        Duration most = models.adaptive()
                ? models.punctuality()
                        .patience(choice().model().name(), streamed)
                        .filter(patience -> patience.compareTo(half) < 0)
                        .orElse(half)
                : half;
        return most.compareTo(LEAST_SILENCE) > 0 ? most : LEAST_SILENCE;
    }

    /** Counts an ask that has failed. */
    void count(ProviderFailure.Kind kind, int attempts) {
        open = false;
        models.meter().failed(choice().model(), kind, attempts);
    }

    /** Counts an ask that is given up because the time is over, if there is one. */
    void timedOut() {
        if (open) {
            count(ProviderFailure.Kind.TIMEOUT, 1);
        }
    }

    /** True when another model is to be asked, which is then the {@link #choice}. */
    boolean goOn(Provider.Failed failed) {
        requests += failed.attempts();
        missed.add(new Missed(choice().model(), failed.failure()));
        boolean others = next + 1 < plan.choices().size();
        if (!others || !failed.failure().kind().retryableElsewhere() || left().compareTo(LEAST_TIME) < 0) {
            return false;
        }
        Model before = choice().model();
        next++;
        models.meter().fellBack(before, choice().model());
        return true;
    }

    /** The failure to tell when there is no answer: the first one, as it is of the model that was wanted. */
    ProviderFailure failure() {
        return missed.get(0).failure();
    }

    /** What to tell a user of it. */
    String failureText() {
        StringBuilder text = new StringBuilder(failure().message());
        for (Missed other : missed.subList(1, missed.size())) {
            text.append("; then ")
                    .append(other.model().name())
                    .append(": ")
                    .append(other.failure().message());
        }
        return text.toString();
    }

    /** True when any attempt may succeed later. */
    boolean retryable() {
        return missed.stream().anyMatch(each -> each.failure().kind().retryable());
    }

    long retryAfterMillis() {
        return missed.stream()
                .map(each -> each.failure().retryAfter())
                .filter(Objects::nonNull)
                .mapToLong(Duration::toMillis)
                .min()
                .orElse(0);
    }

    /** The answer as the client gets it, and how it came about. */
    ObjectNode answer(ChatAnswer chat, Effort effort, Job job) {
        open = false;
        requests += effort.attempts();
        models.meter().answered(choice().model(), chat.usage(), costNanos(chat), effort);
        models.punctuality().waited(chat.model(), job.streamed(), effort.firstToken());
        ObjectNode answer = ToolAnswer.text(chat.text());
        ObjectNode meta = answer.putObject("_meta");
        meta.put("io.exai/provider", chat.provider()).put("io.exai/model", chat.model());
        meta.put("io.exai/finishReason", chat.finishReason());
        meta.putObject("io.exai/usage")
                .put("inputTokens", chat.usage().inputTokens())
                .put("outputTokens", chat.usage().outputTokens())
                .put("cachedTokens", chat.usage().cachedTokens());
        meta.putObject("io.exai/cost").put("usd", costNanos(chat) / 1e9);
        meta.putObject("io.exai/timing")
                .put("firstTokenMillis", effort.firstToken().toMillis())
                .put("totalMillis", effort.total().toMillis());
        meta.set("io.exai/route", route());
        String reasoning = chat.reasoning();
        if (reasoning != null && !reasoning.isBlank()) {
            meta.put("io.exai/reasoning", cut(reasoning));
        }
        return answer;
    }

    /** What the answer cost, for the books; a repeated call costs again. */
    UsageEntry entry(ChatAnswer chat, Effort effort, Job job, Instant now) {
        return new UsageEntry(
                job.callKey() + '.' + Long.toHexString(deadline),
                now,
                job.principal(),
                job.session(),
                job.tool().name(),
                plan.asked(),
                chat.provider(),
                chat.model(),
                chat.usage().inputTokens(),
                chat.usage().cachedTokens(),
                chat.usage().outputTokens(),
                costNanos(chat),
                requests,
                "answered",
                effort.total().toMillis(),
                effort.firstToken().toMillis());
    }

    private long costNanos(ChatAnswer chat) {
        return choice().model().price().nanos(chat.usage());
    }

    private ObjectNode route() {
        ObjectNode route = WireJson.object()
                .put("asked", plan.asked())
                .put("used", choice().model().name())
                .put(
                        "why",
                        missed.isEmpty()
                                ? choice().why()
                                : choice().why() + ", after "
                                        + missed.get(0).model().name() + " failed")
                .put("attempts", requests);
        if (!missed.isEmpty()) {
            ArrayNode failed = route.putArray("failed");
            for (Missed each : missed) {
                failed.addObject()
                        .put("model", each.model().name())
                        .put("provider", each.model().provider())
                        .put("kind", each.failure().kind().name())
                        .put("message", each.failure().message());
            }
        }
        return route;
    }

    private Duration left() {
        return Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
    }

    private static String cut(String reasoning) {
        return reasoning.length() <= LONGEST_REASONING ? reasoning : reasoning.substring(0, LONGEST_REASONING);
    }
}
