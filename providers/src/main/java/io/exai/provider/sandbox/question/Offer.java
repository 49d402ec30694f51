package io.exai.provider.sandbox.question;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a request allows its answer to be.
 *
 * @param functions names of the tools that may be called
 * @param builtInSearch whether the search may be asked for as a call
 * @param search what the vendor searches the web for by itself, the prompt when empty; null for nothing
 */
public record Offer(
        Set<String> functions,
        boolean builtInSearch,
        @Nullable String search,
        boolean thinking) {
    public static final Offer NOTHING = new Offer(Set.of(), false, null, false);
}
