package io.exai.provider.chat;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a question wants of a model beside text.
 *
 * @param thinking how much it may think; null leaves it to the vendor
 * @param thinkingTokens the most that the model can think, of which {@code thinking} is a share
 * @param webSearch whether the vendor's own search is offered to the model
 * @param functions that it may ask for
 * @param cacheScope what questions with the same beginning have in common, where a vendor keeps it; null for nothing
 */
public record Abilities(
        @Nullable Thinking thinking,
        int thinkingTokens,
        boolean webSearch,
        List<FunctionSpec> functions,
        @Nullable String cacheScope) {
    public static final Abilities NONE = new Abilities(null, 0, false, List.of(), null);

    public Abilities {
        functions = List.copyOf(functions);
    }

    /** Thinking tokens that are allowed; 0 when nothing is said about it. */
    public int thinkingBudget() {
        return thinking == null ? 0 : thinking.budget(thinkingTokens);
    }
}
