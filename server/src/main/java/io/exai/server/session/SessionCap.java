package io.exai.server.session;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/**
 * Bounds how many sessions one principal opens: one more is refused while that many were used within the idle time-out
 * on this node. Counts from its own start; what nobody touches since then does not count.
 */
public final class SessionCap extends AbstractBehavior<SessionCap.Command> {
    /** What the cap can be told. */
    public sealed interface Command {}

    /** Asks for one session more; answered by true or false. */
    public record Admit(String principal, String session, ActorRef<Boolean> replyTo) implements Command {}

    /** The session is in use. */
    public record Used(String principal, String session) implements Command {}

    /** The session is over. */
    public record Ended(String principal, String session) implements Command {}

    private final int most;
    private final long idleNanos;
    private final LongSupplier nanoTime;
    private final Map<String, LinkedHashMap<String, Long>> lastUsed = new HashMap<>();

    private SessionCap(ActorContext<Command> context, int most, Duration idle, LongSupplier nanoTime) {
        super(context);
        this.most = most;
        this.idleNanos = TimeUnit.MILLISECONDS.toNanos(idle.toMillis());
        this.nanoTime = nanoTime;
    }

    /** {@code nanoTime} is a monotonic clock in nanoseconds. */
    public static Behavior<Command> create(int most, Duration idle, LongSupplier nanoTime) {
        return Behaviors.setup(context -> new SessionCap(context, most, idle, nanoTime));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Admit.class, this::admit)
                .onMessage(Used.class, used -> use(used.principal(), used.session()))
                .onMessage(Ended.class, this::ended)
                .build();
    }

    private Behavior<Command> admit(Admit asked) {
        LinkedHashMap<String, Long> sessions = lastUsed.computeIfAbsent(asked.principal(), p -> new LinkedHashMap<>());
        forgetIdle(sessions);
        boolean granted = sessions.containsKey(asked.session()) || sessions.size() < most;
        if (granted) {
            use(asked.principal(), asked.session());
        }
        asked.replyTo().tell(granted);
        return this;
    }

    private Behavior<Command> use(String principal, String session) {
        LinkedHashMap<String, Long> sessions = lastUsed.computeIfAbsent(principal, p -> new LinkedHashMap<>());
        sessions.remove(session);
        sessions.put(session, nanoTime.getAsLong());
        return this;
    }

    private Behavior<Command> ended(Ended ended) {
        LinkedHashMap<String, Long> sessions = lastUsed.get(ended.principal());
        if (sessions != null && sessions.remove(ended.session()) != null && sessions.isEmpty()) {
            lastUsed.remove(ended.principal());
        }
        return this;
    }

    /** The map is in order of use, so the idle ones stand in front. */
    private void forgetIdle(Map<String, Long> sessions) {
        long now = nanoTime.getAsLong();
        while (!sessions.isEmpty()) {
            Map.Entry<String, Long> oldest = sessions.entrySet().iterator().next();
            if (now - oldest.getValue() < idleNanos) {
                return;
            }
            sessions.remove(oldest.getKey());
        }
    }
}
