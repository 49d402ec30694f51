package io.exai.persistence.conversation;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.exai.persistence.Durable;
import io.exai.persistence.conversation.ConversationState.Silent;
import io.exai.persistence.conversation.ConversationState.Talking;
import java.time.Instant;
import java.util.List;

/**
 * What happened to a conversation. On disk for years: add components, never rename or remove them, never give a name in
 * this list to another event.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "e")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ConversationEvent.Begun.class, name = "begun"),
    @JsonSubTypes.Type(value = ConversationEvent.TurnTaken.class, name = "turn"),
    @JsonSubTypes.Type(value = ConversationEvent.Forgotten.class, name = "forgotten")
})
public sealed interface ConversationEvent extends Durable {
    /** The state after this event; total, without a clock or side effects. */
    ConversationState applyTo(ConversationState state);

    /** It began, for one principal: nobody else may go on with it. */
    record Begun(String principal, Instant at) implements ConversationEvent {
        @Override
        public ConversationState applyTo(ConversationState state) {
            return state instanceof Talking ? state : new Talking(principal, List.of(), at);
        }
    }

    /** A question was answered. */
    record TurnTaken(Turn turn) implements ConversationEvent {
        @Override
        public ConversationState applyTo(ConversationState state) {
            return state instanceof Talking talking ? talking.with(turn) : state;
        }
    }

    /** Nobody went on with it for too long. */
    record Forgotten(Instant at) implements ConversationEvent {
        @Override
        public ConversationState applyTo(ConversationState state) {
            return new Silent();
        }
    }
}
