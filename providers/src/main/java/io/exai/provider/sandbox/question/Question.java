package io.exai.provider.sandbox.question;

import com.fasterxml.jackson.databind.JsonNode;
import io.exai.provider.sandbox.wire.Dialect;

/**
 * A chat request as far as the sandbox cares.
 *
 * @param body as it was sent, for what only one vendor echoes
 * @param prompt text of the last user message, cut to {@link #LONGEST_PROMPT} characters
 * @param usageWanted whether a stream should end with its usage
 */
public record Question(Dialect dialect, JsonNode body, String prompt, boolean usageWanted, Input input, Reply reply) {
    public static final int LONGEST_PROMPT = 2000;

    /**
     * What the request costs.
     *
     * @param tokens words in all messages
     * @param first words of the first message
     * @param cached of the tokens
     */
    public record Input(int tokens, int first, int cached) {}

    public String model() {
        return body.path("model").textValue();
    }

    public boolean stream() {
        return body.path("stream").booleanValue();
    }

    public int inputTokens() {
        return input.tokens();
    }

    /** The same question, its first message being cached. */
    public Question withFirstCached() {
        int cached = Math.max(input.first(), input.cached());
        return new Question(
                dialect, body, prompt, usageWanted, new Input(input.tokens(), input.first(), cached), reply);
    }

    public Question withReply(Reply other) {
        return new Question(dialect, body, prompt, usageWanted, input, other);
    }

    /** No more than {@link #LONGEST_PROMPT} characters of a text. */
    public static String cut(String text) {
        return text.length() <= LONGEST_PROMPT ? text : text.substring(0, LONGEST_PROMPT);
    }
}
