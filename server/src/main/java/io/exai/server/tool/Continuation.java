package io.exai.server.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.persistence.conversation.ConversationState.Talking;
import io.exai.persistence.conversation.Turn;
import io.exai.protocol.mcp.Meta;
import io.exai.provider.chat.ChatAnswer;
import io.exai.server.conversation.ConversationCommand;
import io.exai.server.conversation.ConversationCommand.ConversationReply;
import io.exai.server.conversation.Conversations;
import java.time.Instant;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * The conversation that a call begins or goes on with.
 *
 * @param id continuation id; of one that begins, the key of the call, so that a repeated call begins no other
 */
record Continuation(String id, boolean begin, Job job, Conversations conversations) {
    /** The argument that names the conversation. */
    static final String ARGUMENT = "continuation_id";

    /** What it says to begin one. */
    static final String NEW = "new";

    /** Empty when the call stands for itself. */
    static Optional<Continuation> of(Job job, JsonNode arguments, Conversations conversations) {
        String named = arguments.path(ARGUMENT).asText("");
        if (named.isEmpty()) {
            return Optional.empty();
        }
        boolean begin = named.equals(NEW);
        return Optional.of(new Continuation(begin ? job.callKey() : named, begin, job, conversations));
    }

    void askForWord(ActorRef<Void> holder, ActorRef<ConversationReply> replyTo) {
        conversations.tell(id, new ConversationCommand.AskForWord(job.principal(), begin, holder, replyTo));
    }

    void take(ModelQuestion question, ChatAnswer answer, Instant now, ActorRef<ConversationReply> replyTo) {
        Turn turn = new Turn(job.callKey(), job.tool().name(), answer.model(), question.text(), answer.text(), now);
        conversations.tell(id, new ConversationCommand.TakeTurn(job.principal(), turn, replyTo));
    }

    /** The answer, with how to go on. */
    ObjectNode offer(ObjectNode answer, int turns) {
        if (answer.path("content") instanceof ArrayNode content) {
            content.addObject()
                    .put("type", "text")
                    .put(
                            "text",
                            "To go on with this conversation: " + ARGUMENT + ": " + id + " (turn " + turns
                                    + "; the newest " + Talking.MOST_TURNS + " are remembered)");
        }
        answer.withObject("/" + Meta.FIELD).put("io.exai/continuationId", id);
        return answer;
    }

    String unknown() {
        return ARGUMENT + ": " + id + " (expected: " + NEW
                + ", or an id that a call of yours was given; one that nobody goes on with is forgotten)";
    }
}
