package io.exai.server.tool;

import com.fasterxml.jackson.databind.JsonNode;
import io.exai.persistence.conversation.Turn;
import io.exai.provider.catalogue.Catalogue;
import io.exai.provider.catalogue.Model;
import io.exai.provider.chat.ChatMessage;
import io.exai.provider.chat.ChatRequest;
import io.exai.provider.chat.Role;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * What a call asks a model.
 *
 * @param arguments of the call
 * @param turns what was said before in its conversation, oldest first
 */
record ModelQuestion(Job job, JsonNode arguments, List<Turn> turns) {
    private static final int CHARACTERS_PER_TOKEN = 4;

    /** The same, once it is known what was said before. */
    ModelQuestion after(List<Turn> said) {
        return new ModelQuestion(job, arguments, said);
    }

    /** The model that the call names, else that of its conversation, else the daemon's choice. */
    String wanted() {
        String named = arguments.path("model").asText("auto");
        return named.equals("auto") && !turns.isEmpty()
                ? turns.get(turns.size() - 1).model()
                : named;
    }

    Optional<Model> model(Catalogue catalogue) {
        return ModelCheck.model(wanted(), catalogue);
    }

    String text() {
        return job.tool().run() instanceof Run.AskModel ask
                ? Template.fill(ask.user(), name -> arguments.path(name).asText())
                : "";
    }

    ChatRequest request(Model model) {
        List<ChatMessage> messages = new ArrayList<>();
        messages.add(new ChatMessage(Role.SYSTEM, job.tool().text()));
        for (Turn turn : remembered(model)) {
            messages.add(new ChatMessage(Role.USER, turn.question()));
            messages.add(new ChatMessage(Role.ASSISTANT, turn.answer()));
        }
        messages.add(new ChatMessage(Role.USER, text()));
        JsonNode temperature = arguments.path("temperature");
        return new ChatRequest(
                job.callKey(),
                model.name(),
                messages,
                temperature.isNumber() ? temperature.doubleValue() : null,
                null,
                job.streamed(),
                job.tool().policy().deadline());
    }

    /** The newest turns that fit into half of the model's window. */
    private Deque<Turn> remembered(Model model) {
        long room = (long) model.contextWindow() * CHARACTERS_PER_TOKEN / 2 - text().length();
        Deque<Turn> remembered = new ArrayDeque<>();
        for (int index = turns.size() - 1; index >= 0; index--) {
            room -= turns.get(index).length();
            if (room < 0) {
                break;
            }
            remembered.addFirst(turns.get(index));
        }
        return remembered;
    }
}
