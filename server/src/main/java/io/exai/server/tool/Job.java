package io.exai.server.tool;

/**
 * A call to run.
 *
 * @param callKey the same for every attempt at the same call, different for any two calls
 * @param arguments JSON text, already checked against the schema
 * @param streamed whether the client wants to see progress
 * @param context what else the client said
 */
public record Job(
        String requestId,
        String session,
        String callKey,
        Tool tool,
        String arguments,
        boolean streamed,
        CallContext context) {}
