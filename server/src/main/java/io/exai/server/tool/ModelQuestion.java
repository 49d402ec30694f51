package io.exai.server.tool;

import com.fasterxml.jackson.databind.JsonNode;
import io.exai.persistence.conversation.Turn;
import io.exai.provider.catalogue.Model;
import io.exai.provider.catalogue.Temperature;
import io.exai.provider.chat.Abilities;
import io.exai.provider.chat.ChatMessage;
import io.exai.provider.chat.ChatRequest;
import io.exai.provider.chat.Image;
import io.exai.provider.chat.Role;
import io.exai.provider.chat.Thinking;
import io.exai.provider.router.Need;
import io.exai.provider.router.Preference;
import io.exai.provider.router.Router;
import io.exai.provider.router.Tokens;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a call asks a model.
 *
 * @param arguments of the call
 * @param turns what was said before in its conversation, oldest first
 */
record ModelQuestion(Job job, JsonNode arguments, List<Turn> turns) {
    private static final int CHARACTERS_PER_TOKEN = 4;
    private static final int TOKENS_PER_IMAGE = 1_000;

    /** Tokens of an answer, unless the model gives fewer. */
    private static final int LONGEST_ANSWER = 8_192;

    /** Room for an answer in a window that the question nearly fills. */
    private static final int LEAST_ANSWER = 256;

    /** The same, once it is known what was said before. */
    ModelQuestion after(List<Turn> said) {
        return new ModelQuestion(job, arguments, said);
    }

    /** The model that the call names, else that of its conversation, else the daemon's choice. */
    String wanted() {
        String named = arguments.path("model").asText(Router.AUTO);
        return named.equals(Router.AUTO) && !turns.isEmpty()
                ? turns.get(turns.size() - 1).model()
                : named;
    }

    /** What the model must be able to do. Thinking is a matter of choice, not of a model that the caller has chosen. */
    Need need() {
        Thinking mode = thinking();
        boolean deep = mode != null && mode.compareTo(Thinking.MEDIUM) >= 0 && wanted().equals(Router.AUTO);
        List<Image> images = images();
        return new Need(
                preference(),
                inputTokens(),
                images.size(),
                images.stream().mapToLong(Image::size).max().orElse(0),
                deep,
                arguments.path("use_websearch").asBoolean(),
                false);
    }

    String text() {
        return job.tool().run() instanceof Run.AskModel ask
                ? Template.fill(ask.user(), name -> arguments.path(name).asText())
                : "";
    }

    /**
     * The question to that model.
     *
     * @param timeout that is left
     */
    ChatRequest request(Model model, Duration timeout) {
        List<ChatMessage> messages = new ArrayList<>();
        messages.add(new ChatMessage(Role.SYSTEM, job.tool().text()));
        for (Turn turn : remembered(model)) {
            messages.add(new ChatMessage(Role.USER, turn.question()));
            messages.add(new ChatMessage(Role.ASSISTANT, turn.answer()));
        }
        messages.add(ChatMessage.showing(text(), images()));
        return new ChatRequest(
                job.callKey(),
                model.name(),
                messages,
                temperature(model),
                maxTokens(model),
                job.streamed(),
                timeout,
                abilities(model));
    }

    private Abilities abilities(Model model) {
        boolean search = model.webSearch() && arguments.path("use_websearch").asBoolean();
        return new Abilities(
                model.thinking() ? thinking() : null,
                model.thinkingTokens(),
                search,
                List.of(),
                job.session() + ':' + job.tool().name());
    }

    private Preference preference() {
        return job.tool().run() instanceof Run.AskModel ask ? ask.preference() : Preference.BALANCED;
    }

    private @Nullable Thinking thinking() {
        JsonNode mode = arguments.path("thinking_mode");
        return mode.isTextual() ? Thinking.parse(mode.textValue()) : null;
    }

    private List<Image> images() {
        List<Image> images = new ArrayList<>();
        arguments.path("images").forEach(image -> images.add(new Image(image.asText())));
        return images;
    }

    private @Nullable Double temperature(Model model) {
        Temperature range = model.temperature();
        if (range == null) {
            return null;
        }
        JsonNode wanted = arguments.path("temperature");
        return wanted.isNumber() ? range.nearest(wanted.doubleValue()) : range.standard();
    }

    /** Of the answer alone: what it may think comes on top of it. */
    private int maxTokens(Model model) {
        Thinking mode = thinking();
        int thinking = mode == null ? 0 : model.thinkingBudget(mode);
        int most = Math.max(model.maxOutputTokens() - thinking, model.maxOutputTokens() / 2);
        long room = Math.max(LEAST_ANSWER, model.contextWindow() - inputTokens());
        return (int) Math.min(Math.min(most, LONGEST_ANSWER), room);
    }

    private long inputTokens() {
        return Tokens.estimate(job.tool().text()) + Tokens.estimate(text()) + (long) TOKENS_PER_IMAGE * images().size();
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
