package io.exai.server.flight;

import io.exai.cluster.NodeWatch;
import io.exai.persistence.result.ResultStore;
import io.exai.server.setting.FlightSettings;
import io.exai.server.tool.Job;
import io.exai.server.tool.RunReport;
import io.exai.server.tool.Sharing;
import io.exai.server.tool.ToolCall;
import io.exai.server.tool.ToolParts;
import java.time.Duration;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;

/** Decides which calls travel together, and gives each a passenger that stands for it. */
public final class Boarding implements Sharing {
    private final ToolParts tools;
    private final CallKeys keys;
    private final FlightSettings settings;
    private final Passenger.Parts parts;
    private final ActorRef<ResultDesk.Command> desk;
    private final Duration handOver;

    private Boarding(
            ToolParts tools,
            FlightSettings settings,
            Passenger.Parts parts,
            ActorRef<ResultDesk.Command> desk,
            Duration handOver) {
        this.tools = tools;
        this.keys = new CallKeys(tools.catalogue());
        this.settings = settings;
        this.parts = parts;
        this.desk = desk;
        this.handOver = handOver;
    }

    /**
     * For one node.
     *
     * @param tools with which calls run that share with nobody
     * @param handOver how long runs may take to end when their tower has to leave the node
     */
    public static Boarding start(
            ActorSystem<?> system,
            ToolParts tools,
            FlightSettings settings,
            ResultStore store,
            Flights flights,
            NodeWatch nodes,
            Duration handOver) {
        Passenger.Parts parts = new Passenger.Parts(
                new ResultMemory(settings.memoryEntries(), tools.clock()),
                flights,
                nodes,
                (job, session) -> ToolCall.create(job, tools, session),
                tools.heartbeat());
        return new Boarding(
                tools,
                settings,
                parts,
                system.systemActorOf(ResultDesk.create(store), "result-desk", Props.empty()),
                handOver);
    }

    /** The behavior of the tower with that id, on this node. */
    public Behavior<TowerCommand> tower(String id) {
        return Tower.create(
                id,
                new Tower.Parts(
                        tools,
                        keys,
                        parts.memory(),
                        desk,
                        parts.flights(),
                        parts.nodes(),
                        settings.resultTtl(),
                        handOver,
                        tools.clock()));
    }

    @Override
    public Optional<Behavior<?>> passenger(Job job, ActorRef<RunReport> session) {
        if (settings.distinctTools().contains(job.tool().name())) {
            return Optional.empty();
        }
        return keys.of(job.principal(), job.tool(), job.arguments())
                .map(key -> Passenger.create(job, key, parts, session));
    }
}
