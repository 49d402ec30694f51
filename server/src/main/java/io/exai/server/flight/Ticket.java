package io.exai.server.flight;

import io.exai.cluster.ClusterMessage;
import io.exai.provider.actor.Priority;
import io.exai.server.tool.CallContext;
import io.exai.server.tool.Job;
import io.exai.server.tool.Tool;

/**
 * A call as it travels to its flight.
 *
 * @param callKey under which the provider is asked; a run that a crash interrupted is repeated under the same one
 * @param arguments JSON text, already checked against the schema
 * @param streamed whether the client wants to see progress
 * @param announced whether the session wants to know when the work begins
 * @param priority of the run, when this is the first of its passengers
 */
record Ticket(
        String session,
        String principal,
        String callKey,
        String tool,
        String arguments,
        boolean streamed,
        boolean announced,
        Priority priority)
        implements ClusterMessage {
    static Ticket of(Job job) {
        return new Ticket(
                job.session(),
                job.principal(),
                job.callKey(),
                job.tool().name(),
                job.arguments(),
                job.streamed(),
                job.announced(),
                job.priority());
    }

    Ticket under(String otherCallKey) {
        return new Ticket(session, principal, otherCallKey, tool, arguments, streamed, announced, priority);
    }

    /** The one run for all who travel; its reports carry the turn in the place of the request's id. */
    Job job(int turn, Tool definition) {
        return new Job(
                String.valueOf(turn),
                session,
                principal,
                callKey,
                definition,
                arguments,
                streamed,
                true,
                CallContext.none(),
                priority);
    }
}
