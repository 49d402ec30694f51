package io.exai.persistence.conversation;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.exai.persistence.Durable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What a conversation is, as folded from its events. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
@JsonSubTypes({
    @JsonSubTypes.Type(value = ConversationState.Silent.class, name = "silent"),
    @JsonSubTypes.Type(value = ConversationState.Talking.class, name = "talking")
})
public sealed interface ConversationState extends Durable {
    /** Not begun, or forgotten. */
    record Silent() implements ConversationState {}

    /**
     * Under way.
     *
     * @param principal who began it
     * @param turns the newest, oldest first: at most {@link #MOST_TURNS}
     */
    record Talking(String principal, List<Turn> turns, Instant lastActive) implements ConversationState {
        /** How many turns are remembered. */
        public static final int MOST_TURNS = 20;

        Talking with(Turn turn) {
            List<Turn> longer = new ArrayList<>(turns);
            longer.add(turn);
            List<Turn> newest = longer.subList(Math.max(0, longer.size() - MOST_TURNS), longer.size());
            return new Talking(principal, List.copyOf(newest), turn.at());
        }

        /** Whether that call has taken its turn. */
        public boolean has(String callKey) {
            return turns.stream().anyMatch(turn -> turn.callKey().equals(callKey));
        }
    }
}
