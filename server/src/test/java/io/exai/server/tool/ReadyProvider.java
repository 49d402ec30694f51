package io.exai.server.tool;

import io.exai.provider.actor.Provider;
import java.util.HashMap;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** A provider that always has a permit: a test sees an ask when its asker has all that it needs, too. */
public final class ReadyProvider {
    private ReadyProvider() {}

    /** {@code test} is told what the provider would send to its vendor. */
    public static Behavior<Provider.Command> before(ActorRef<Provider.Command> test) {
        Map<ActorRef<Provider.Reply>, Provider.Ask> ready = new HashMap<>();
        return Behaviors.receive(Provider.Command.class)
                .onMessage(Provider.Ask.class, ask -> {
                    ready.put(ask.replyTo(), ask);
                    ask.replyTo().tell(new Provider.Ready(ask.request().callKey()));
                    return Behaviors.same();
                })
                .onMessage(Provider.Proceed.class, proceed -> {
                    Provider.Ask ask = ready.remove(proceed.asker());
                    if (ask != null) {
                        test.tell(ask);
                    }
                    return Behaviors.same();
                })
                .build();
    }
}
