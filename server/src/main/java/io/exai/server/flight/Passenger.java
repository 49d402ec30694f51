package io.exai.server.flight;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.cluster.NodeWatch;
import io.exai.protocol.error.ErrorCode;
import io.exai.protocol.json.MalformedJson;
import io.exai.protocol.json.WireJson;
import io.exai.protocol.mcp.Meta;
import io.exai.server.flight.FlightReply.Began;
import io.exai.server.flight.FlightReply.Boarded;
import io.exai.server.flight.FlightReply.Crashed;
import io.exai.server.flight.FlightReply.Landed;
import io.exai.server.flight.FlightReply.Lost;
import io.exai.server.flight.FlightReply.Said;
import io.exai.server.flight.FlightReply.Unable;
import io.exai.server.tool.Job;
import io.exai.server.tool.RunReport;
import java.time.Duration;
import java.util.function.BiFunction;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * One call that shares its run with equal ones: travels with the flight of its key, joins again when that is lost, and
 * reports to its session like a run of its own. Answers exactly once.
 */
final class Passenger extends AbstractBehavior<PassengerCommand> {
    /**
     * What passengers of a node need.
     *
     * @param nodes tells of flights that are lost with their node
     * @param alone the run of a call that shares with nobody
     * @param heartbeat how often a client that asked for progress hears of a call that has nothing to show
     */
    record Parts(
            ResultMemory memory,
            Flights flights,
            NodeWatch nodes,
            BiFunction<Job, ActorRef<RunReport>, Behavior<?>> alone,
            Duration heartbeat) {}

    /** What its timers tell it. */
    sealed interface Sign extends PassengerCommand {}

    record JoinDue() implements Sign {}

    record HeartbeatDue() implements Sign {}

    /** The journal knows that the call may run once more. */
    record RepeatWritten() implements Sign {}

    /** A message may be lost on its way to a node that dies: joining is repeated, which does no harm. */
    private static final Duration FIRST_RETRY = Duration.ofMillis(500);

    /** Not less often: who is not aboard watches no node, and learns only so that a flight is lost. */
    private static final Duration RETRY = Duration.ofSeconds(1);

    /** Who is aboard asks now and then, too: an answer may be lost, or the word that the flight is. */
    private static final Duration FIRST_RENEWAL = Duration.ofSeconds(4);

    private static final Duration LONGEST_RENEWAL = Duration.ofSeconds(20);

    /** Who has not been heard this often, for about 15 s, does not wait for company any longer. */
    private static final int MOST_UNHEARD = 16;

    /** A call that kills what runs it must not go on doing so. */
    private static final int MOST_FLIGHTS = 5;

    private final Job job;
    private final String key;
    private final Parts parts;
    private final ActorRef<RunReport> session;
    private final TimerScheduler<PassengerCommand> timers;
    private final Trip trip = new Trip();
    private Ticket ticket;
    private Duration renewal = FIRST_RENEWAL;
    private int unheard;
    private boolean travelling;
    private boolean leaves;
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
                .onMessage(Unable.class, message -> unable())
                .onMessage(JoinDue.class, due -> joinAgain())
                .onMessage(HeartbeatDue.class, due -> heartbeat())
                .onMessage(Lost.class, this::flightLost)
                .onMessage(RepeatWritten.class, written -> goOn())
                .onSignal(PostStop.class, stopped -> farewell())
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
        travelling = true;
        boolean again = trip.join();
        Duration retry = again ? RETRY : FIRST_RETRY;
        timers.startSingleTimer(new JoinDue(), trip.isAboard() ? renewal : retry);
        parts.flights()
                .tell(key, new TowerCommand.Join(key, ticket, getContext().getSelf(), trip.attempt(), again));
    }

    private Behavior<PassengerCommand> joinAgain() {
        if (trip.isAboard()) {
            Duration doubled = renewal.multipliedBy(2);
            renewal = doubled.compareTo(LONGEST_RENEWAL) > 0 ? LONGEST_RENEWAL : doubled;
        } else if (++unheard >= MOST_UNHEARD) {
            leaves = true;
            farewell();
            return sayRepeated();
        }
        join();
        return this;
    }

    private Behavior<PassengerCommand> boarded(Boarded boarded) {
        if (trip.board(boarded.attempt())) {
            renewal = FIRST_RENEWAL;
            ticket = ticket.under(boarded.callKey());
            parts.nodes().watch(boarded.tower(), getContext().getSelf(), new Lost(trip.attempt()));
            timers.startSingleTimer(new JoinDue(), renewal);
        }
        return this;
    }

    /** The session is told, so that the answer of a call that may have run twice says so. */
    private Behavior<PassengerCommand> flightLost(Lost lost) {
        if (!trip.lose(lost.attempt())) {
            return this;
        } else if (trip.lost() >= MOST_FLIGHTS) {
            return giveUp();
        }
        return sayRepeated();
    }

    /** What may run twice is in the journal before it does, or a crash in between would hide one of the runs. */
    private Behavior<PassengerCommand> sayRepeated() {
        timers.cancel(new JoinDue());
        session.tell(new RunReport.Repeated(
                job.requestId(), getContext().messageAdapter(Done.class, written -> new RepeatWritten())));
        return this;
    }

    private Behavior<PassengerCommand> goOn() {
        if (leaves) {
            return goAlone();
        }
        unheard = 0;
        join();
        return this;
    }

    private Behavior<PassengerCommand> giveUp() {
        return crashed(new Crashed(
                true,
                ErrorCode.SERVICE_UNAVAILABLE,
                "the node that ran the call was lost " + trip.lost() + " times",
                true,
                0));
    }

    /** Whoever has no answer and wants none any more says so, behind its joins, or a run would go on for nobody. */
    private Behavior<PassengerCommand> farewell() {
        if (travelling) {
            parts.flights()
                    .tell(key, new TowerCommand.PassengerGone(key, getContext().getSelf()));
        }
        travelling = false;
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
        arrived();
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

    /** There is nobody to say farewell to, unless a flight that was thought lost has brought the answer. */
    private void arrived() {
        travelling = travelling && trip.lost() > 0;
    }

    private Behavior<PassengerCommand> crashed(Crashed crashed) {
        arrived();
        session.tell(new RunReport.Failed(
                job.requestId(),
                crashed.started(),
                crashed.code(),
                crashed.message(),
                crashed.retryable(),
                crashed.retryAfterMillis()));
        return Behaviors.stopped();
    }

    private Behavior<PassengerCommand> unable() {
        arrived();
        farewell();
        return goAlone();
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
