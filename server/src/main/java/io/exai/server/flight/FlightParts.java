package io.exai.server.flight;

import io.exai.server.tool.Job;
import io.exai.server.tool.RunReport;
import java.time.Duration;
import java.util.function.BiFunction;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;

/**
 * What passengers need.
 *
 * @param alone the run of a call that shares with nobody
 * @param heartbeat how often a client that asked for progress hears of a call that has nothing to show
 */
record FlightParts(
        ResultMemory memory,
        Flights flights,
        BiFunction<Job, ActorRef<RunReport>, Behavior<?>> alone,
        Duration heartbeat) {}
