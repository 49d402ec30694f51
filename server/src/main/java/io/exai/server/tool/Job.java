package io.exai.server.tool;

import io.exai.provider.actor.Priority;
import io.exai.provider.setting.ProviderSettings;
import io.exai.server.script.Script;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;

/**
 * A call to run.
 *
 * @param callKey the same for every attempt at the same call, different for any two calls
 * @param arguments JSON text, already checked against the schema
 * @param streamed whether the client wants to see progress
 * @param announced whether the session wants to know when the work begins
 * @param context what else the client said
 * @param priority how early it gets its permits
 */
public record Job(
        String requestId,
        String session,
        String principal,
        String callKey,
        Tool tool,
        String arguments,
        boolean streamed,
        boolean announced,
        CallContext context,
        Priority priority) {
    /** Whether the client's own model is to be asked: when that is switched on and there is no other but the sandbox. */
    Optional<Script> byClient(ToolParts parts) {
        return parts.clientSampling()
                        && context.capabilities().has("sampling")
                        && parts.catalogue().preferred().provider().equals(ProviderSettings.SANDBOX)
                        && tool.run() instanceof Run.AskModel ask
                        && !arguments.contains(Continuation.ARGUMENT)
                ? Optional.of(new ClientModel(tool.text(), ask.user()))
                : Optional.empty();
    }

    /** The behavior of an actor that runs it, or travels with who does. */
    public Behavior<?> behavior(ToolParts parts, ActorRef<RunReport> session) {
        Optional<Script> script =
                tool.run() instanceof Run.Scripted scripted ? Optional.of(scripted.script()) : byClient(parts);
        if (script.isPresent()) {
            return ScriptRun.create(this, script.get(), parts, session);
        }
        return parts.sharing().passenger(this, session).orElseGet(() -> ToolCall.create(this, parts, session));
    }
}
