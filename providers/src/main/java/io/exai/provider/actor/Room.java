package io.exai.provider.actor;

import io.exai.provider.chat.Exchange;
import io.exai.provider.quota.Share;
import io.exai.provider.setting.Gate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Who runs with which permit, who waits for one, and until when; belongs to one provider actor. */
final class Room {
    private final Share share;
    private final WaitingLine<OpenAsk> waiting;
    private final Deadlines<OpenAsk> deadlines = new Deadlines<>();
    private final Pace pace = new Pace();

    Room(Gate gate, Share share) {
        this.share = share;
        this.waiting = new WaitingLine<>(gate.maxWaiting());
    }

    Share share() {
        return share;
    }

    int waiting() {
        return waiting.size();
    }

    /** Whether one who comes now gets a permit at once. */
    boolean isFree() {
        return share.isFree() && waiting.isEmpty();
    }

    boolean isFull(OpenAsk open) {
        return waiting.isFull(open.priority());
    }

    void seat(OpenAsk open) {
        waiting.add(open.priority(), open.session(), open);
        deadlines.add(open.list(), open.number(), open);
        share.waiting(waiting.size());
    }

    void admit(OpenAsk open) {
        share.take();
        open.ready();
        deadlines.add(open.list(), open.number(), open);
    }

    /** Sent to the vendor. */
    void run(OpenAsk open, Exchange exchange) {
        deadlines.remove(open.listed(), open.number());
        open.run(exchange, System.nanoTime());
        deadlines.add(open.list(), open.number(), open);
    }

    /** Its attempt is over, but it keeps its permit for another. */
    void rest(OpenAsk open) {
        deadlines.remove(open.listed(), open.number());
        open.rest();
        deadlines.add(open.list(), open.number(), open);
    }

    /** It was not due yet, as it turned out. */
    void lookAgain(OpenAsk open) {
        deadlines.add(open.list(), open.number(), open);
    }

    /** Takes back whatever the ask had; somebody else may be next. */
    void leave(OpenAsk open) {
        leaveLate(open);
        if (open.hasPermit()) {
            giveBack(open);
        }
    }

    /** As {@link #leave}, but what the vendor still works on keeps its permit until it is given back. */
    void leaveLate(OpenAsk open) {
        deadlines.remove(open.listed(), open.number());
        waiting.remove(open.priority(), open.session(), open);
    }

    void giveBack(OpenAsk open) {
        share.giveBack();
        if (open.running()) {
            pace.held(open.age(System.nanoTime()));
        }
    }

    /** Whether somebody waits for a permit that is there. */
    boolean hasNext() {
        return share.isFree() && !waiting.isEmpty();
    }

    /** Whose turn it is, if there is a permit; no longer waiting then. */
    Optional<OpenAsk> next() {
        Optional<OpenAsk> next = share.isFree() ? waiting.poll() : Optional.empty();
        next.ifPresent(open -> deadlines.remove(open.listed(), open.number()));
        share.waiting(waiting.size());
        return next;
    }

    /** Whose time is over; they have to leave now. */
    List<OpenAsk> due(long now) {
        return deadlines.due(now);
    }

    OptionalLong nextDue() {
        return deadlines.next();
    }

    Duration retryAfter(OpenAsk open) {
        return pace.retryAfter(waiting.ahead(open.priority()), share.leased());
    }
}
