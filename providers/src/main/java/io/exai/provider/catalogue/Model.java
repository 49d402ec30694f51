package io.exai.provider.catalogue;

import io.exai.provider.chat.Thinking;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One model that can be asked.
 *
 * @param contextWindow in tokens, question and answer together
 * @param maxOutputTokens in tokens
 * @param imageLimits null when it sees no pictures
 * @param tools whether it asks for functions
 * @param thinking whether it can think before it answers
 * @param thinkingTokens the most it thinks
 * @param webSearch whether the vendor searches for it
 * @param temperature null when it takes none
 * @param rank quality: higher is better, across all providers
 * @param speed higher is faster, across all providers
 */
public record Model(
        String name,
        String provider,
        List<String> aliases,
        int contextWindow,
        int maxOutputTokens,
        @Nullable ImageLimits imageLimits,
        boolean tools,
        boolean thinking,
        int thinkingTokens,
        boolean webSearch,
        @Nullable Temperature temperature,
        Price price,
        int rank,
        int speed) {
    public Model {
        aliases = List.copyOf(aliases);
    }

    /** The same under another name, without aliases. */
    Model named(String newName) {
        return new Model(
                newName,
                provider,
                List.of(),
                contextWindow,
                maxOutputTokens,
                imageLimits,
                tools,
                thinking,
                thinkingTokens,
                webSearch,
                temperature,
                price,
                rank,
                speed);
    }

    public boolean images() {
        return imageLimits != null;
    }

    /** Tokens of a question that leave room for an answer: at least a quarter of the window, at most the output cap. */
    public int questionTokens() {
        return contextWindow - Math.min(maxOutputTokens, contextWindow / 4);
    }

    /** Tokens it may think in that mode; 0 when it does not think. */
    public int thinkingBudget(Thinking mode) {
        return thinking ? mode.budget(thinkingTokens) : 0;
    }
}
