package io.exai.server.flight;

import io.exai.cluster.NodeWatch;
import io.exai.protocol.error.ErrorCode;
import io.exai.server.flight.FlightReply.Boarded;
import io.exai.server.flight.FlightReply.Crashed;
import io.exai.server.flight.FlightReply.Lost;
import io.exai.server.flight.FlightReply.Unable;
import io.exai.server.flight.TowerCommand.Join;
import io.exai.server.flight.TowerCommand.LeaveDue;
import io.exai.server.flight.TowerCommand.Loaded;
import io.exai.server.flight.TowerCommand.NodeGone;
import io.exai.server.flight.TowerCommand.PassengerGone;
import io.exai.server.flight.TowerCommand.Reported;
import io.exai.server.flight.TowerCommand.RunStopped;
import io.exai.server.flight.TowerCommand.Searched;
import io.exai.server.flight.TowerCommand.Stop;
import io.exai.server.tool.Run;
import io.exai.server.tool.RunReport;
import io.exai.server.tool.Tool;
import io.exai.server.tool.ToolCall;
import io.exai.server.tool.ToolParts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.jspecify.annotations.Nullable;

/**
 * Runs the flights of all keys that begin alike, sharded by that beginning. It has no journal: when it is lost its passengers
 * join again, wherever their keys live then. It stays until its shard moves.
 */
public final class Tower extends AbstractBehavior<TowerCommand> {
    public static final EntityTypeKey<TowerCommand> KEY = EntityTypeKey.create(TowerCommand.class, "tower");

    private static final int ID_LENGTH = 2;

    /** A database that takes longer is not waited for. */
    private static final Duration SEARCH_PATIENCE = Duration.ofSeconds(1);

    private static final String BROKE_DOWN = "the call broke down; the log of the daemon tells why";

    private final Parts parts;
    private final TimerScheduler<TowerCommand> timers;
    private final ActorRef<RunReport> reports;
    private final ActorRef<ResultDesk.Found> finds;
    private final UnderWay<ActorRef<PassengerCommand>> underWay;
    private final Map<Integer, ActorRef<ToolCall.Command>> runs = new HashMap<>();
    private final Set<Address> watched = new HashSet<>();
    private final KeptKeys kept;
    private boolean leaving;

    private Tower(String id, ActorContext<TowerCommand> context, TimerScheduler<TowerCommand> timers, Parts parts) {
        super(context);
        this.timers = timers;
        this.parts = parts;
        this.reports = context.messageAdapter(RunReport.class, Reported::new);
        this.finds = context.messageAdapter(ResultDesk.Found.class, found -> new Searched(found.turn(), found.kept()));
        this.underWay = new UnderWay<>((callKey, attempt) -> new Boarded(callKey, context.getSelf(), attempt));
        this.kept = new KeptKeys(parts.mostReuse(), parts.clock().instant());
        parts.desk()
                .tell(new ResultDesk.Load(
                        id, context.messageAdapter(ResultDesk.Loaded.class, loaded -> new Loaded(loaded.keys()))));
    }

    /**
     * What every tower of this node needs.
     *
     * @param tools with which calls run that share with nobody
     * @param keys how this node understands calls
     * @param desk where the database is asked
     * @param flights the way back for who comes too late
     * @param nodes tells of passengers that are lost with their node
     * @param mostReuse how long an answer is used for other calls at most
     * @param handOver how long runs may take to end when the shard moves
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

    /** The one for flights of that key. */
    public static String idFor(String key) {
        return key.substring(0, ID_LENGTH);
    }

    /** The behavior of the tower for keys that begin with its id. */
    static Behavior<TowerCommand> create(String id, Parts parts) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> new Tower(id, context, timers, parts)));
    }

    @Override
    public Receive<TowerCommand> createReceive() {
        return newReceiveBuilder()
                .onMessage(Join.class, this::join)
                .onMessage(PassengerGone.class, gone -> with(underWay.of(gone.key()), it -> it.leave(gone.passenger())))
                .onMessage(Searched.class, this::searched)
                .onMessage(Reported.class, this::reported)
                .onMessage(RunStopped.class, this::runStopped)
                .onMessage(NodeGone.class, this::nodeGone)
                .onMessage(Loaded.class, this::loaded)
                .onMessage(Stop.class, stop -> stop())
                .onMessage(LeaveDue.class, due -> Behaviors.stopped())
                .onSignal(PostStop.class, stopped -> lost())
                .build();
    }

    /** Whoever has no answer yet joins again where the cluster goes on. */
    private Behavior<TowerCommand> lost() {
        underWay.all().forEach(flight -> follow(flight, flight.lost()));
        return this;
    }

    /** A call that comes while the shard moves runs in the next tower. */
    private Behavior<TowerCommand> join(Join join) {
        if (leaving && !join.again() && underWay.of(join.key()) == null) {
            parts.flights().tell(join.key(), join);
            return this;
        }
        FlightState<ActorRef<PassengerCommand>> flight = underWay.forPassenger(
                        join.key(), join.passenger(), join.again())
                .orElse(null);
        if (flight == null) {
            join.passenger().tell(new Lost(join.attempt()));
            return this;
        }
        watchNode(join.passenger());
        return with(flight, it -> it.join(join.passenger(), join.ticket(), join.attempt()));
    }

    /** Once for all passengers there; should it be gone already, that is told at once. */
    private void watchNode(ActorRef<PassengerCommand> passenger) {
        Address node = passenger.path().address();
        if (watched.add(node)) {
            parts.nodes().watch(passenger, getContext().getSelf(), new NodeGone(node));
        }
    }

    private Behavior<TowerCommand> nodeGone(NodeGone gone) {
        watched.remove(gone.node());
        for (FlightState<ActorRef<PassengerCommand>> flight : underWay.all()) {
            for (ActorRef<PassengerCommand> passenger : flight.aboard()) {
                if (passenger.path().address().equals(gone.node())) {
                    follow(flight, flight.leave(passenger));
                }
            }
        }
        return unlessLeft();
    }

    private Behavior<TowerCommand> loaded(Loaded loaded) {
        if (loaded.keys() != null) {
            kept.load(loaded.keys(), parts.clock().instant());
        }
        return this;
    }

    private Behavior<TowerCommand> searched(Searched searched) {
        Kept found = searched.kept();
        return with(underWay.at(searched.turn()), flight -> {
            if (found == null) {
                return flight.missed();
            }
            parts.memory().keep(flight.key(), found);
            return flight.found(found.answer(), Shared.STORE, found.until());
        });
    }

    private Behavior<TowerCommand> reported(Reported reported) {
        RunReport report = reported.report();
        return with(underWay.at(Integer.parseInt(report.requestId())), flight -> heed(flight, report));
    }

    private List<Order<ActorRef<PassengerCommand>>> heed(
            FlightState<ActorRef<PassengerCommand>> flight, RunReport report) {
        if (report instanceof RunReport.Started) {
            return flight.began();
        } else if (report instanceof RunReport.Progressed progress) {
            return progress.message() == null ? List.of() : flight.said(progress.message());
        } else if (report instanceof RunReport.Succeeded done) {
            return flight.answered(done.answer(), until(flight.tool()));
        } else if (report instanceof RunReport.Failed failed) {
            return flight.failed(new Crashed(
                    failed.started(), failed.code(), failed.message(), failed.retryable(), failed.retryAfterMillis()));
        }
        return report instanceof RunReport.Interrupted ? flight.lost() : List.of();
    }

    private Instant until(String tool) {
        return parts.clock()
                .instant()
                .plus(parts.tools()
                        .toolbox()
                        .find(tool)
                        .map(found -> found.policy().reuse(parts.mostReuse()))
                        .orElse(Duration.ZERO));
    }

    /** One that has reported has no flight any more. */
    private Behavior<TowerCommand> runStopped(RunStopped stopped) {
        runs.remove(stopped.turn());
        return with(
                underWay.at(stopped.turn()),
                flight -> flight.failed(new Crashed(true, ErrorCode.INTERNAL_ERROR, BROKE_DOWN, true, 0)));
    }

    /** What runs has a short while to end. */
    private Behavior<TowerCommand> stop() {
        leaving = true;
        if (parts.handOver().isZero()) {
            return Behaviors.stopped();
        }
        timers.startSingleTimer(new LeaveDue(), parts.handOver());
        return unlessLeft();
    }

    private Behavior<TowerCommand> unlessLeft() {
        return leaving && underWay.isEmpty() ? Behaviors.stopped() : this;
    }

    /** Null for a flight that is over: what is said of it comes too late. */
    private Behavior<TowerCommand> with(
            @Nullable FlightState<ActorRef<PassengerCommand>> flight,
            Function<FlightState<ActorRef<PassengerCommand>>, List<Order<ActorRef<PassengerCommand>>>> act) {
        if (flight != null) {
            follow(flight, act.apply(flight));
        }
        return unlessLeft();
    }

    private void follow(
            FlightState<ActorRef<PassengerCommand>> flight, List<Order<ActorRef<PassengerCommand>>> orders) {
        for (Order<ActorRef<PassengerCommand>> order : orders) {
            if (order instanceof Order.Tell<ActorRef<PassengerCommand>> tell) {
                tell.passenger().tell(tell.reply());
            } else if (order instanceof Order.Search<ActorRef<PassengerCommand>>) {
                search(flight);
            } else if (order instanceof Order.Depart<ActorRef<PassengerCommand>> depart) {
                depart(flight, depart.ticket());
            } else if (order instanceof Order.Keep<ActorRef<PassengerCommand>> keep) {
                keep(flight.key(), new Kept(keep.answer(), keep.until()));
            } else if (order instanceof Order.Abort<ActorRef<PassengerCommand>>) {
                abort(flight.turn());
            } else {
                close(flight);
            }
        }
    }

    /** The database is asked only for what it may hold, which is nothing for a call that nobody made before. */
    private void search(FlightState<ActorRef<PassengerCommand>> flight) {
        Kept found = parts.memory().find(flight.key());
        if (found != null) {
            follow(flight, flight.found(found.answer(), Shared.FLIGHT, found.until()));
        } else if (kept.mayHold(flight.key(), parts.clock().instant())) {
            timers.startSingleTimer(noAnswer(flight), noAnswer(flight), SEARCH_PATIENCE);
            parts.desk().tell(new ResultDesk.Find(flight.key(), flight.turn(), finds));
        } else {
            follow(flight, flight.missed());
        }
    }

    private static Searched noAnswer(FlightState<?> flight) {
        return new Searched(flight.turn(), null);
    }

    /** A node that understands the call otherwise, as between two versions, does not run it for others. */
    private void depart(FlightState<ActorRef<PassengerCommand>> flight, Ticket ticket) {
        timers.cancel(noAnswer(flight));
        Tool tool = parts.tools().toolbox().find(ticket.tool()).orElse(null);
        if (tool == null
                || !(tool.run() instanceof Run.AskModel)
                || parts.keys()
                        .of(ticket.principal(), tool, ticket.arguments())
                        .filter(flight.key()::equals)
                        .isEmpty()) {
            follow(flight, flight.failed(new Unable()));
            return;
        }
        ActorRef<ToolCall.Command> run =
                getContext().spawnAnonymous(ToolCall.create(ticket.job(flight.turn(), tool), parts.tools(), reports));
        getContext().watchWith(run, new RunStopped(flight.turn()));
        runs.put(flight.turn(), run);
    }

    private void keep(String key, Kept answer) {
        Instant now = parts.clock().instant();
        parts.memory().keep(key, answer);
        if (now.isBefore(answer.until())) {
            kept.add(key, now);
            parts.desk().tell(new ResultDesk.Keep(key, answer));
        }
    }

    private void abort(int turn) {
        ActorRef<ToolCall.Command> run = runs.remove(turn);
        if (run != null) {
            getContext().stop(run);
        }
    }

    private void close(FlightState<ActorRef<PassengerCommand>> flight) {
        timers.cancel(noAnswer(flight));
        underWay.close(flight);
    }
}
