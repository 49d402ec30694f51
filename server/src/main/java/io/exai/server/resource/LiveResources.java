package io.exai.server.resource;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.persistence.conversation.Turn;
import io.exai.protocol.json.WireJson;
import io.exai.server.conversation.ConversationCommand.ConversationReply;
import io.exai.server.conversation.ConversationCommand.Floor;
import io.exai.server.session.SessionCommand.Described;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Sessions and conversations as resources: each is read from the actor that it is. */
public final class LiveResources {
    private static final String JSON = "application/json";

    private LiveResources() {}

    /** Asks sessions and conversations, wherever they are; the stage fails when they do not answer in time. */
    public interface Owners {
        CompletionStage<Described> session(String sessionId, String principal);

        CompletionStage<ConversationReply> conversation(String continuationId, String principal);
    }

    public static List<LiveTemplate> of(Owners owners) {
        return List.of(
                new LiveTemplate(
                        new ResourceDescription(
                                "exai://sessions/{id}",
                                "session",
                                "Session",
                                "A session of yours, by its Mcp-Session-Id: its calls, tasks and subscriptions.",
                                JSON),
                        (id, principal) -> owners.session(id, principal)
                                .thenApply(
                                        told -> Optional.ofNullable(told.json()).map(Content.Text::new))),
                new LiveTemplate(
                        new ResourceDescription(
                                "exai://conversations/{id}",
                                "conversation",
                                "Conversation",
                                "A conversation of yours, by its continuation id: the turns that are remembered.",
                                JSON),
                        (id, principal) -> owners.conversation(id, principal)
                                .thenApply(reply -> reply instanceof Floor floor
                                        ? Optional.of(Content.json(json(id, floor.turns())))
                                        : Optional.empty())));
    }

    private static ObjectNode json(String id, List<Turn> turns) {
        ObjectNode json = WireJson.object().put("continuationId", id);
        ArrayNode list = json.putArray("turns");
        for (Turn turn : turns) {
            list.addObject()
                    .put("at", turn.at().toString())
                    .put("tool", turn.tool())
                    .put("model", turn.model())
                    .put("question", turn.question())
                    .put("answer", turn.answer());
        }
        return json;
    }
}
