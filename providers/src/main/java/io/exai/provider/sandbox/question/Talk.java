package io.exai.provider.sandbox.question;

import io.exai.provider.sandbox.wire.InvalidQuestion;
import io.exai.provider.sandbox.wire.Words;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A conversation as it is read, message after message; refuses results of tools that nobody called. */
public final class Talk {
    private static final String NO_CALL = "the id of a tool call in the assistant's message before it";

    private final Map<String, ToolCall> open = new HashMap<>();
    private final List<String> results = new ArrayList<>();
    private final Images images = new Images();
    private String prompt = "";
    private boolean searched;
    private int tokens;
    private int first = -1;

    public Images images() {
        return images;
    }

    public String prompt() {
        return prompt;
    }

    /** A message begins that is no tool's result. */
    public void begin(String at) throws InvalidQuestion {
        settle(at);
        results.clear();
    }

    /** Whatever was called has answered. */
    public void settle(String at) throws InvalidQuestion {
        if (!open.isEmpty()) {
            String expected = "the results of the tool calls " + open.keySet() + " first";
            throw InvalidQuestion.wrong(at, expected);
        }
    }

    /** Every message's text, once. */
    public void count(String text) {
        tokens += Words.count(text);
        first = first < 0 ? tokens : first;
    }

    public void asked(String text) {
        prompt = text;
        searched = false;
    }

    public void called(String id, ToolCall call) {
        open.put(id, call);
    }

    /** The result of a tool; the name is what the message says, or the called one. */
    public void answered(String id, String name, String text, String at) throws InvalidQuestion {
        ToolCall call = open.remove(id);
        if (call == null) {
            throw InvalidQuestion.wrong(at, NO_CALL);
        }
        if (call.name().equals(WebSearch.BUILT_IN)) {
            WebSearch.checkEcho(prompt, call, name, text, at);
            searched = true;
        } else {
            results.add("[sandbox] " + call.name() + " said: " + Question.cut(text));
        }
    }

    public Question.Input input() {
        return new Question.Input(tokens, Math.max(first, 0), Math.min(tokens, Markers.cached(prompt)));
    }

    /** What the sandbox answers at the end of the conversation. */
    public Reply reply(Offer offer) {
        String thinking = offer.thinking() ? "[sandbox] thinking about: " + Question.cut(prompt) : "";
        if (results.isEmpty()) {
            List<ToolCall> calls = calls(offer);
            if (!calls.isEmpty()) {
                return new Reply(thinking, "", calls, "");
            }
        }
        String text = results.isEmpty() ? "[sandbox] You said: " + Question.cut(prompt) : String.join("\n", results);
        String seen = images.count() == 0 ? "" : " (" + images.count() + " images)";
        return new Reply(thinking, text + seen, List.of(), search(offer.search()));
    }

    private String search(@Nullable String query) {
        return query == null ? "" : query.isBlank() ? prompt : query;
    }

    private List<ToolCall> calls(Offer offer) {
        if (prompt.indexOf('[') < 0) {
            return List.of();
        }
        if (offer.builtInSearch() && !searched && Markers.search(prompt)) {
            return List.of(WebSearch.call(prompt));
        }
        return offer.functions().isEmpty() ? List.of() : Markers.calls(prompt, offer.functions());
    }
}
