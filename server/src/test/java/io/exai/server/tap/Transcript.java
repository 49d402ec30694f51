package io.exai.server.tap;

import com.fasterxml.jackson.databind.JsonNode;
import io.exai.protocol.json.MalformedJson;
import io.exai.protocol.json.WireJson;
import io.exai.server.wire.Conversation;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** All conversations with a daemon, by session, and what was wrong in them. */
final class Transcript {
    private final Map<String, Conversation> conversations = new ConcurrentHashMap<>();
    private final List<String> violations = new CopyOnWriteArrayList<>();
    private final AtomicInteger checked = new AtomicInteger();

    /** That of a session or stream; a new one for no name. */
    Conversation of(String name) {
        return of(name, new Conversation());
    }

    Conversation of(String name, Conversation fresh) {
        return name.isEmpty() ? fresh : conversations.computeIfAbsent(name, any -> fresh);
    }

    /** Whatever it is that a client says. */
    void said(Conversation conversation, String text) {
        try {
            conversation.said(WireJson.parse(text));
        } catch (MalformedJson nonsense) {
            // the daemon has to say so
        }
    }

    /** Holds one message against the schema; those of the op protocol are another matter. */
    void answered(Conversation conversation, String text) {
        checked.incrementAndGet();
        try {
            JsonNode message = WireJson.parse(text);
            if (!message.has("op")) {
                conversation.problems(message).forEach(problem -> violations.add(problem + ": " + text));
            }
        } catch (MalformedJson broken) {
            violations.add("no JSON: " + text);
        }
    }

    List<String> violations() {
        return violations;
    }

    /** Messages that were looked at. */
    int checked() {
        return checked.get();
    }
}
