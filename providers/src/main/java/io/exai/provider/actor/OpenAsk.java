package io.exai.provider.actor;

import io.exai.provider.chat.Exchange;
import java.time.Duration;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/** One ask between its arrival and its reply; owned by one provider actor and touched by no other thread. */
final class OpenAsk {
    private final long number;
    private final Provider.Ask ask;
    private final long arrivedAt;
    private final long timeout;
    private final long share;
    private final long patience;
    private @Nullable Exchange exchange;
    private boolean ready;
    private boolean probe;
    private boolean passedOn;
    private int attempts;
    private long startedAt;
    private long heardAt;
    private long firstHeardAt;
    private long listed;

    /**
     * @param number unique within its provider
     * @param now as {@link System#nanoTime}
     */
    OpenAsk(long number, Provider.Ask ask, long now, Duration maxWait) {
        this.number = number;
        this.ask = ask;
        this.arrivedAt = now;
        long time = ask.request().timeout().toNanos();
        this.timeout = now + time;
        this.share = hasOthers() ? now + time / 2 : timeout;
        this.patience = earlier(share, now + maxWait.toNanos());
    }

    long number() {
        return number;
    }

    Provider.Ask ask() {
        return ask;
    }

    String session() {
        return ask.session();
    }

    String callKey() {
        return ask.request().callKey();
    }

    ActorRef<Provider.Reply> asker() {
        return ask.replyTo();
    }

    Priority priority() {
        return ask.priority();
    }

    boolean stepwise() {
        return ask.stepwise();
    }

    /** It has a permit; what it waits for now is its asker. */
    void ready() {
        ready = true;
    }

    boolean hasPermit() {
        return ready;
    }

    /** Has been sent to the vendor at least once. */
    boolean begun() {
        return attempts > 0;
    }

    boolean running() {
        return exchange != null;
    }

    /** Sent, once more. */
    void run(Exchange started, long now) {
        exchange = started;
        startedAt = now;
        heardAt = now;
        firstHeardAt = 0;
        attempts++;
    }

    /** Its exchange is over, and another may follow. */
    void rest() {
        exchange = null;
    }

    int attempts() {
        return attempts;
    }

    /** Its end decides whether the breaker closes. */
    void becomeProbe(boolean probing) {
        probe = probing;
    }

    boolean isProbe() {
        return probe;
    }

    /** A piece of the answer has come. */
    void heard(long now) {
        heardAt = now;
        firstHeardAt = firstHeardAt == 0 ? now : firstHeardAt;
        passedOn = true;
    }

    /** Whether the asker has got a part of an answer already. */
    boolean passedOn() {
        return passedOn;
    }

    /** How long it waits for a permit at most. */
    Duration patience() {
        return Duration.ofNanos(patience - arrivedAt);
    }

    /** How long nothing has come. */
    Duration quiet(long now) {
        return Duration.ofNanos(now - heardAt);
    }

    /** In nanoseconds, since it began to run. */
    long age(long now) {
        return now - startedAt;
    }

    Effort effort(long now) {
        long first = firstHeardAt == 0 ? now : firstHeardAt;
        return new Effort(attempts, Duration.ofNanos(first - startedAt), Duration.ofNanos(now - startedAt));
    }

    /** How long it can wait for its turn. */
    Duration bears(long now) {
        return Duration.ofNanos(Math.max(0, patience - now));
    }

    /** Time that the request has left. */
    Duration left(long now) {
        return Duration.ofNanos(Math.max(0, timeout - now));
    }

    /** Whether it can be sent once more after such a pause. */
    boolean hasTimeFor(Duration pause, long now) {
        return now + pause.toNanos() - share < 0;
    }

    void cancel() {
        if (exchange != null) {
            exchange.cancel();
        }
    }

    /** When the request's own time is over. */
    boolean timedOut(long now) {
        return now - timeout >= 0;
    }

    /** When the vendor has been silent for longer than the asker bears. */
    boolean isSilent(long now) {
        return running() && now - silence() >= 0;
    }

    /** Notes when it must be looked at next. */
    long list() {
        listed = due();
        return listed;
    }

    /** What was noted last. */
    long listed() {
        return listed;
    }

    /** When this ask must be looked at next: one that waits for a permit loses its patience before its time is over. */
    private long due() {
        if (running()) {
            return earlier(timeout, silence());
        }
        return ready ? timeout : patience;
    }

    /**
     * If there are others, an ask takes half of the time until its first piece, waiting and other attempts included; one
     * that was kept waiting for longer, or has got a piece, takes half of what was left then.
     */
    private long silence() {
        if (!hasOthers()) {
            return timeout;
        }
        long half = heardAt + (timeout - heardAt) / 2;
        long most = passedOn || half - share > 0 ? half : share;
        return earlier(most, heardAt + ask.silence().toNanos());
    }

    /** An asker that bears only so much silence has somebody else to ask. */
    private boolean hasOthers() {
        return !ask.silence().isZero();
    }

    /** Both after its arrival. */
    private long earlier(long one, long other) {
        return one - arrivedAt <= other - arrivedAt ? one : other;
    }
}
