package io.exai.provider.actor;

import io.exai.provider.chat.Exchange;
import java.time.Duration;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/** One ask between its arrival and its reply; owned by one provider actor and touched by no other thread. */
final class OpenAsk {
    private final long number;
    private final Provider.Ask ask;
    private final long timeout;
    private final long patience;
    private @Nullable Exchange exchange;
    private boolean ready;
    private long startedAt;

    /**
     * @param number unique within its provider
     * @param now as {@link System#nanoTime}
     */
    OpenAsk(long number, Provider.Ask ask, long now, Duration maxWait) {
        this.number = number;
        this.ask = ask;
        this.timeout = now + ask.request().timeout().toNanos();
        this.patience = now + maxWait.toNanos();
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

    boolean running() {
        return exchange != null;
    }

    void run(Exchange started, long now) {
        exchange = started;
        startedAt = now;
    }

    /** In nanoseconds, since it began to run. */
    long age(long now) {
        return now - startedAt;
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

    /** When this ask must be looked at next: one that waits for a permit loses its patience before its time is over. */
    long due() {
        return ready || timeout - patience < 0 ? timeout : patience;
    }
}
