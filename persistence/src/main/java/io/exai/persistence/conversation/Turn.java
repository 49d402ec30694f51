package io.exai.persistence.conversation;

import io.exai.persistence.Durable;
import java.time.Instant;

/**
 * One question and its answer.
 *
 * @param callKey of the call that asked; a call takes one turn, however often it is run
 * @param question as the model was asked, at most {@link #LONGEST} characters
 * @param answer of the model, at most {@link #LONGEST} characters
 */
public record Turn(String callKey, String tool, String model, String question, String answer, Instant at)
        implements Durable {
    /** Longer texts lose their middle. */
    public static final int LONGEST = 200_000;

    private static final String CUT = "\n[... left out of the conversation: too long ...]\n";

    public Turn {
        question = shortened(question);
        answer = shortened(answer);
    }

    /** Characters of both texts. */
    public int length() {
        return question.length() + answer.length();
    }

    private static String shortened(String text) {
        if (text.length() <= LONGEST) {
            return text;
        }
        int half = (LONGEST - CUT.length()) / 2;
        return text.substring(0, half) + CUT + text.substring(text.length() - half);
    }
}
