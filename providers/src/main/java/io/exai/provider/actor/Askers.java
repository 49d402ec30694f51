package io.exai.provider.actor;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;

/** What each asker is waiting for. */
final class Askers {
    private final Map<ActorRef<Provider.Reply>, Set<OpenAsk>> open = new HashMap<>();

    /** True when this is the asker's only open ask: it should be watched from now on. */
    boolean add(OpenAsk ask) {
        Set<OpenAsk> asks = open.computeIfAbsent(ask.asker(), first -> new LinkedHashSet<>(2));
        asks.add(ask);
        return asks.size() == 1;
    }

    /** True when this was the asker's last open ask: it need not be watched any more. */
    boolean remove(OpenAsk ask) {
        Set<OpenAsk> asks = open.get(ask.asker());
        if (asks == null || !asks.remove(ask)) {
            return false;
        }
        if (asks.isEmpty()) {
            open.remove(ask.asker());
        }
        return asks.isEmpty();
    }

    boolean contains(OpenAsk ask) {
        return open.getOrDefault(ask.asker(), Set.of()).contains(ask);
    }

    List<OpenAsk> of(ActorRef<Provider.Reply> asker) {
        return List.copyOf(open.getOrDefault(asker, Set.of()));
    }

    List<OpenAsk> all() {
        return open.values().stream().flatMap(Set::stream).toList();
    }
}
