package io.exai.provider.actor;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/** How asks give back what they hold: at once, or when the vendor has noticed that nobody listens any more. */
final class Departures {
    /** What a vendor may need to notice that a connection was closed: so long it counts the request as one of ours. */
    static final Duration NOTICE = Duration.ofMillis(100);

    private final Room room;
    private final TimerScheduler<Provider.Command> timers;
    private final Set<OpenAsk> closing = new HashSet<>();

    Departures(Room room, TimerScheduler<Provider.Command> timers) {
        this.room = room;
        this.timers = timers;
    }

    /** Its vendor is done with it, or was never asked. */
    void leave(OpenAsk open) {
        room.leave(open);
    }

    /** It is given up, whatever it does; if it runs, its permit comes back when the vendor has noticed. */
    void giveUp(OpenAsk open) {
        if (!open.running()) {
            leave(open);
            return;
        }
        room.leaveLate(open);
        open.cancel();
        closing.add(open);
        timers.startSingleTimer(open, new Provider.ConnectionClosed(open), NOTICE);
    }

    /** The vendor has noticed. True when a permit came back with that. */
    boolean noticed(OpenAsk open) {
        boolean held = closing.remove(open);
        if (held) {
            room.giveBack(open);
        }
        return held;
    }
}
