package io.exai.provider.sandbox;

/**
 * A chat request as far as the sandbox cares.
 *
 * @param prompt text of the last user message, cut to {@link #LONGEST_PROMPT} characters
 * @param inputTokens words in all messages
 * @param usageWanted whether a stream should end with its usage
 */
record Question(String model, String prompt, int inputTokens, boolean stream, boolean usageWanted) {
    static final int LONGEST_PROMPT = 2000;

    Question {
        prompt = prompt.length() <= LONGEST_PROMPT ? prompt : prompt.substring(0, LONGEST_PROMPT);
    }

    String answer() {
        return "[sandbox] You said: " + prompt;
    }
}
