package io.exai.server.tool;

import io.exai.provider.catalogue.Catalogue;
import io.exai.server.change.Change;
import io.exai.server.conversation.Conversations;
import io.exai.server.quota.Quota;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * What calls need to run.
 *
 * @param first principals whose calls go before those of others
 * @param announcer tells clients everywhere of a change; may be called on any thread
 * @param clientSampling whether a client's own model is asked when no key of another is set
 * @param sharing which calls share a run with equal ones
 * @param heartbeat how often a client that asked for progress hears of a call that has nothing to show
 */
public record ToolParts(
        Toolbox toolbox,
        Reports reports,
        Models models,
        ActorRef<Quota.Command> quota,
        Conversations conversations,
        Set<String> first,
        Consumer<Change> announcer,
        Duration heartbeat,
        boolean clientSampling,
        Sharing sharing,
        Clock clock) {
    /** The models that can be asked. */
    public Catalogue catalogue() {
        return models.catalogue();
    }

    /** The same with calls that may share their runs. */
    public ToolParts with(Sharing newSharing) {
        return new ToolParts(
                toolbox,
                reports,
                models,
                quota,
                conversations,
                first,
                announcer,
                heartbeat,
                clientSampling,
                newSharing,
                clock);
    }
}
