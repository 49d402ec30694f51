package io.exai.server.flight;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.error.ErrorCode;
import io.exai.protocol.json.MalformedJson;
import io.exai.protocol.json.WireJson;
import io.exai.protocol.mcp.Meta;
import io.exai.server.flight.FlightReply.Began;
import io.exai.server.flight.FlightReply.Boarded;
import io.exai.server.flight.FlightReply.Crashed;
import io.exai.server.flight.FlightReply.Landed;
import io.exai.server.flight.FlightReply.Said;
import io.exai.server.flight.FlightReply.Unable;
import io.exai.server.tool.Job;
import io.exai.server.tool.RunReport;
import java.time.Duration;
import java.util.function.BiFunction;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/**
 * One call that shares its run with equal ones: travels with the flight of its key, joins again when that is lost, and
 * reports to its session like a run of its own. Answers exactly once.
 */
final class Passenger extends AbstractBehavior<PassengerCommand> {
    /**
     * What passengers of a node need.
     *
     * @param alone the run of a call that shares with nobody
     * @param heartbeat how often a client that asked for progress hears of a call that has nothing to show
     */
    record Parts(
            ResultMemory memory,
            Flights flights,
            BiFunction<Job, ActorRef<RunReport>, Behavior<?>> alone,
            Duration heartbeat) {}

    /** What its timers and watches tell it. */
    sealed interface Sign extends PassengerCommand {}

    record JoinDue() implements Sign {}

    record HeartbeatDue() implements Sign {}

    record FlightLost(ActorRef<FlightCommand> flight) implements Sign {}

    /** A message may be lost on its way to a node that dies: joining is repeated, which does no harm. */
    private static final Duration FIRST_RETRY = Duration.ofMillis(500);

    private static final Duration LONGEST_RETRY = Duration.ofSeconds(4);

    /** Who is aboard asks now and then, too: an answer may be lost. */
    private static final Duration RENEWAL = Duration.ofSeconds(20);

    /** Who has not been heard this often, for about 15 s, does not wait for company any longer. */
    private static final int MOST_UNHEARD = 6;

    /** A call that kills what runs it must not go on doing so. */
    private static final int MOST_FLIGHTS = 5;

    private final Job job;
    private final String key;
    private final Parts parts;
    private final ActorRef<RunReport> session;
    private final TimerScheduler<PassengerCommand> timers;
    private Ticket ticket;
    private Duration retry = FIRST_RETRY;
    private @Nullable ActorRef<FlightCommand> flight;
    private int flightsLost;
    private int unheard;
    private boolean begun;
    private boolean heard;
    private double progress;

    private Passenger(
            ActorContext<PassengerCommand> context,
            TimerScheduler<PassengerCommand> timers,
            Job job,
            String key,
            Parts parts,
            ActorRef<RunReport> session) {
        super(context);
        this.timers = timers;
        this.job = job;
        this.key = key;
        this.parts = parts;
        this.session = session;
        this.ticket = Ticket.of(job);
    }

    static Behavior<PassengerCommand> create(Job job, String key, Parts parts, ActorRef<RunReport> session) {
        return Behaviors.setup(context ->
                Behaviors.withTimers(timers -> new Passenger(context, timers, job, key, parts, session).start()));
    }

    @Override
    public Receive<PassengerCommand> createReceive() {
        return newReceiveBuilder()
                .onMessage(Boarded.class, this::boarded)
                .onMessage(Began.class, message -> began())
                .onMessage(Said.class, this::said)
                .onMessage(Landed.class, this::landed)
                .onMessage(Crashed.class, this::crashed)
                .onMessage(Unable.class, message -> goAlone())
                .onMessage(JoinDue.class, due -> joinAgain())
                .onMessage(HeartbeatDue.class, due -> heartbeat())
                .onMessage(FlightLost.class, this::flightLost)
                .build();
    }

    private Behavior<PassengerCommand> start() {
        Kept kept = parts.memory().find(key);
        if (kept != null) {
            return landed(new Landed(kept.answer(), Shared.MEMORY, kept.until()));
        }
        if (job.streamed()) {
            timers.startTimerWithFixedDelay(new HeartbeatDue(), parts.heartbeat());
        }
        join();
        return this;
    }

    private void join() {
        parts.flights().tell(key, new FlightCommand.Join(ticket, getContext().getSelf()));
        timers.startSingleTimer(new JoinDue(), flight == null ? retry : renewal());
    }

    /** While nothing is heard of the work, the flight may wait for us. */
    private Duration renewal() {
        return begun ? RENEWAL : LONGEST_RETRY;
    }

    private Behavior<PassengerCommand> joinAgain() {
        if (flight == null) {
            unheard++;
            if (unheard >= MOST_UNHEARD) {
                session.tell(new RunReport.Repeated(job.requestId()));
                return goAlone();
            }
            Duration doubled = retry.multipliedBy(2);
            retry = doubled.compareTo(LONGEST_RETRY) > 0 ? LONGEST_RETRY : doubled;
        }
        join();
        return this;
    }

    private Behavior<PassengerCommand> boarded(Boarded boarded) {
        unheard = 0;
        if (!boarded.flight().equals(flight)) {
            flight = boarded.flight();
            ticket = ticket.under(boarded.callKey());
            getContext().watchWith(flight, new FlightLost(flight));
            timers.startSingleTimer(new JoinDue(), renewal());
        }
        boarded.flight().tell(new FlightCommand.Seated(getContext().getSelf()));
        return this;
    }

    /** The session is told, so that the answer of a call that may have run twice says so. */
    private Behavior<PassengerCommand> flightLost(FlightLost lost) {
        if (!lost.flight().equals(flight)) {
            return this;
        }
        flight = null;
        retry = FIRST_RETRY;
        flightsLost++;
        if (flightsLost >= MOST_FLIGHTS) {
            return crashed(new Crashed(
                    true,
                    ErrorCode.SERVICE_UNAVAILABLE,
                    "the node that ran the call was lost " + flightsLost + " times",
                    true,
                    0));
        }
        session.tell(new RunReport.Repeated(job.requestId()));
        join();
        return this;
    }

    private Behavior<PassengerCommand> began() {
        if (!begun && job.announced()) {
            session.tell(new RunReport.Started(job.requestId()));
        }
        begun = true;
        return this;
    }

    private Behavior<PassengerCommand> said(Said said) {
        heard = true;
        progress += said.text().length();
        session.tell(new RunReport.Progressed(job.requestId(), progress, null, said.text()));
        return this;
    }

    private Behavior<PassengerCommand> heartbeat() {
        if (!heard) {
            progress += 1;
            session.tell(new RunReport.Progressed(job.requestId(), progress, null, null));
        }
        heard = false;
        return this;
    }

    private Behavior<PassengerCommand> landed(Landed landed) {
        began();
        if (landed.shared() != Shared.MEMORY) {
            parts.memory().keep(key, new Kept(landed.answer(), landed.until()));
        }
        session.tell(new RunReport.Succeeded(job.requestId(), marked(landed)));
        return Behaviors.stopped();
    }

    private static String marked(Landed landed) {
        if (landed.shared() == null) {
            return landed.answer();
        }
        try {
            ObjectNode answer = (ObjectNode) WireJson.parse(landed.answer());
            answer.withObject("/" + Meta.FIELD).put(Meta.SHARED, landed.shared().wireName());
            return WireJson.write(answer);
        } catch (MalformedJson impossible) {
            throw new IllegalStateException("an answer of ours cannot be read back", impossible);
        }
    }

    private Behavior<PassengerCommand> crashed(Crashed crashed) {
        session.tell(new RunReport.Failed(
                job.requestId(),
                crashed.started(),
                crashed.code(),
                crashed.message(),
                crashed.retryable(),
                crashed.retryAfterMillis()));
        return Behaviors.stopped();
    }

    /** From now on a run like any other. */
    private Behavior<PassengerCommand> goAlone() {
        timers.cancelAll();
        getContext().watch(getContext().spawnAnonymous(parts.alone().apply(job, session)));
        return Behaviors.receive(PassengerCommand.class)
                .onSignal(Terminated.class, over -> Behaviors.stopped())
                .build();
    }
}
