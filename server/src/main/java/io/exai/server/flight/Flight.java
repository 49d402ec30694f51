package io.exai.server.flight;

import io.exai.cluster.NodeWatch;
import io.exai.protocol.error.ErrorCode;
import io.exai.server.flight.FlightCommand.Join;
import io.exai.server.flight.FlightCommand.LeaveDue;
import io.exai.server.flight.FlightCommand.PassengerGone;
import io.exai.server.flight.FlightCommand.Reported;
import io.exai.server.flight.FlightCommand.RunStopped;
import io.exai.server.flight.FlightCommand.Searched;
import io.exai.server.flight.FlightCommand.Seated;
import io.exai.server.flight.FlightCommand.SeatsEmpty;
import io.exai.server.flight.FlightCommand.Stop;
import io.exai.server.flight.FlightReply.Boarded;
import io.exai.server.flight.FlightReply.Crashed;
import io.exai.server.flight.FlightReply.Lost;
import io.exai.server.flight.FlightReply.Unable;
import io.exai.server.tool.Run;
import io.exai.server.tool.RunReport;
import io.exai.server.tool.Tool;
import io.exai.server.tool.ToolCall;
import io.exai.server.tool.ToolParts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.jspecify.annotations.Nullable;

/**
 * One execution for all equal calls of the moment, sharded by their key. It has no journal: when it is lost its passengers
 * join again, wherever the key lives then.
 */
public final class Flight extends AbstractBehavior<FlightCommand> {
    public static final EntityTypeKey<FlightCommand> KEY = EntityTypeKey.create(FlightCommand.class, "flight");

    /** A database that takes longer is not waited for. */
    private static final Duration SEARCH_PATIENCE = Duration.ofSeconds(1);

    /** Passengers say within seconds that they are aboard, if they are there at all. */
    private static final Duration SEAT_PATIENCE = Duration.ofSeconds(15);

    private static final String BROKE_DOWN = "the call broke down; the log of the daemon tells why";

    private final String key;
    private final Parts parts;
    private final TimerScheduler<FlightCommand> timers;
    private final ActorRef<ClusterSharding.ShardCommand> shard;
    private final FlightState<ActorRef<PassengerCommand>> state;
    private @Nullable ActorRef<?> run;
    private boolean leaving;
    private boolean closed;

    private Flight(
            String key,
            ActorContext<FlightCommand> context,
            TimerScheduler<FlightCommand> timers,
            ActorRef<ClusterSharding.ShardCommand> shard,
            Parts parts) {
        super(context);
        this.key = key;
        this.timers = timers;
        this.shard = shard;
        this.parts = parts;
        this.state = new FlightState<>(callKey -> new Boarded(callKey, context.getSelf()));
    }

    /**
     * What every flight of this node needs.
     *
     * @param tools with which calls run that share with nobody
     * @param keys how this node understands calls
     * @param desk where the database is asked
     * @param flights the way back for who comes too late
     * @param nodes tells of passengers that are lost with their node
     * @param mostReuse how long an answer is used for other calls at most
     * @param handOver how long a run may take to end when the shard moves
     */
    record Parts(
            ToolParts tools,
            CallKeys keys,
            ResultMemory memory,
            ActorRef<ResultDesk.Command> desk,
            Flights flights,
            NodeWatch nodes,
            Duration mostReuse,
            Duration handOver,
            Clock clock) {}

    /** The behavior of the flight with that key. */
    static Behavior<FlightCommand> create(String key, ActorRef<ClusterSharding.ShardCommand> shard, Parts parts) {
        return Behaviors.setup(
                context -> Behaviors.withTimers(timers -> new Flight(key, context, timers, shard, parts)));
    }

    @Override
    public Receive<FlightCommand> createReceive() {
        return newReceiveBuilder()
                .onMessage(Join.class, this::join)
                .onMessage(Seated.class, seated -> follow(state.seated(seated.passenger())))
                .onMessage(PassengerGone.class, gone -> follow(state.leave(gone.passenger())))
                .onMessage(Searched.class, this::searched)
                .onMessage(Reported.class, this::reported)
                .onMessage(SeatsEmpty.class, empty -> follow(state.unseated(empty.turn())))
                .onMessage(RunStopped.class, this::runStopped)
                .onMessage(Stop.class, stop -> stop())
                .onMessage(LeaveDue.class, due -> Behaviors.stopped())
                .onSignal(PostStop.class, stopped -> lost())
                .build();
    }

    /** Whoever has no answer yet joins again where the cluster goes on. */
    private Behavior<FlightCommand> lost() {
        state.aboard().forEach(passenger -> passenger.tell(new Lost(getContext().getSelf())));
        return this;
    }

    /** Whoever comes while the shard puts this flight away finds the next one. */
    private Behavior<FlightCommand> join(Join join) {
        if (closed) {
            parts.flights().tell(key, join);
            return this;
        }
        parts.nodes().watch(join.passenger(), getContext().getSelf(), new PassengerGone(join.passenger()));
        return follow(state.join(join.passenger(), join.ticket()));
    }

    private Behavior<FlightCommand> searched(Searched searched) {
        Kept kept = searched.kept();
        if (kept == null) {
            return follow(state.missed(searched.turn()));
        }
        parts.memory().keep(key, kept);
        return follow(state.found(searched.turn(), kept.answer(), Shared.STORE, kept.until()));
    }

    private Behavior<FlightCommand> reported(Reported reported) {
        RunReport report = reported.report();
        int turn = Integer.parseInt(report.requestId());
        if (report instanceof RunReport.Started) {
            return follow(state.began(turn));
        } else if (report instanceof RunReport.Progressed progress) {
            return progress.message() == null ? this : follow(state.said(turn, progress.message()));
        } else if (report instanceof RunReport.Succeeded done) {
            return follow(state.answered(turn, done.answer(), until()));
        } else if (report instanceof RunReport.Failed failed) {
            return follow(state.failed(
                    turn,
                    new Crashed(
                            failed.started(),
                            failed.code(),
                            failed.message(),
                            failed.retryable(),
                            failed.retryAfterMillis())));
        } else if (report instanceof RunReport.Interrupted) {
            return Behaviors.stopped();
        }
        return this;
    }

    private Instant until() {
        return parts.clock()
                .instant()
                .plus(parts.tools()
                        .toolbox()
                        .find(state.tool())
                        .map(tool -> tool.policy().reuse(parts.mostReuse()))
                        .orElse(Duration.ZERO));
    }

    /** One that has reported has no flight any more. */
    private Behavior<FlightCommand> runStopped(RunStopped stopped) {
        return follow(state.failed(stopped.turn(), new Crashed(true, ErrorCode.INTERNAL_ERROR, BROKE_DOWN, true, 0)));
    }

    /** The shard puts it away, or moves: then what runs has a short while to end. */
    private Behavior<FlightCommand> stop() {
        if (state.isIdle() || parts.handOver().isZero()) {
            return Behaviors.stopped();
        }
        leaving = true;
        timers.startSingleTimer(new LeaveDue(), parts.handOver());
        return this;
    }

    private Behavior<FlightCommand> follow(List<Order<ActorRef<PassengerCommand>>> orders) {
        Behavior<FlightCommand> next = this;
        for (Order<ActorRef<PassengerCommand>> order : orders) {
            if (order instanceof Order.Tell<ActorRef<PassengerCommand>> tell) {
                tell.passenger().tell(tell.reply());
            } else if (order instanceof Order.Search<ActorRef<PassengerCommand>> search) {
                next = search(search.turn());
            } else if (order instanceof Order.Depart<ActorRef<PassengerCommand>> depart) {
                next = depart(depart.turn(), depart.ticket());
            } else if (order instanceof Order.Keep<ActorRef<PassengerCommand>> keep) {
                keep(new Kept(keep.answer(), keep.until()));
            } else if (order instanceof Order.Abort<ActorRef<PassengerCommand>>) {
                abort();
            } else {
                next = close();
            }
        }
        return next;
    }

    private Behavior<FlightCommand> search(int turn) {
        Kept kept = parts.memory().find(key);
        if (kept != null) {
            return follow(state.found(turn, kept.answer(), Shared.FLIGHT, kept.until()));
        }
        timers.startSingleTimer(Searched.class, new Searched(turn, null), SEARCH_PATIENCE);
        timers.startSingleTimer(SeatsEmpty.class, new SeatsEmpty(turn), SEAT_PATIENCE);
        parts.desk()
                .tell(new ResultDesk.Find(
                        key,
                        turn,
                        getContext()
                                .messageAdapter(
                                        ResultDesk.Found.class, found -> new Searched(found.turn(), found.kept()))));
        return this;
    }

    /** A node that understands the call otherwise, as between two versions, does not run it for others. */
    private Behavior<FlightCommand> depart(int turn, Ticket ticket) {
        timers.cancel(Searched.class);
        timers.cancel(SeatsEmpty.class);
        Tool tool = parts.tools().toolbox().find(ticket.tool()).orElse(null);
        if (tool == null
                || !(tool.run() instanceof Run.AskModel)
                || parts.keys()
                        .of(ticket.principal(), tool, ticket.arguments())
                        .filter(key::equals)
                        .isEmpty()) {
            return follow(state.failed(turn, new Unable()));
        }
        ActorRef<RunReport> reports = getContext().messageAdapter(RunReport.class, Reported::new);
        ActorRef<ToolCall.Command> started =
                getContext().spawnAnonymous(ToolCall.create(ticket.job(turn, tool), parts.tools(), reports));
        getContext().watchWith(started, new RunStopped(turn));
        run = started;
        return this;
    }

    private void keep(Kept kept) {
        parts.memory().keep(key, kept);
        if (parts.clock().instant().isBefore(kept.until())) {
            parts.desk().tell(new ResultDesk.Keep(key, kept));
        }
    }

    private void abort() {
        if (run != null) {
            getContext().stop(run);
        }
    }

    private Behavior<FlightCommand> close() {
        if (leaving) {
            return Behaviors.stopped();
        }
        closed = true;
        shard.tell(new ClusterSharding.Passivate<>(getContext().getSelf()));
        return this;
    }
}
