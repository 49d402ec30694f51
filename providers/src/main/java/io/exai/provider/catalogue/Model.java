package io.exai.provider.catalogue;

import java.util.List;

/**
 * One model that can be asked.
 *
 * @param contextWindow in tokens
 * @param maxOutputTokens in tokens
 * @param rank higher is preferred within its provider
 */
public record Model(
        String name,
        String provider,
        List<String> aliases,
        int contextWindow,
        int maxOutputTokens,
        boolean images,
        boolean tools,
        boolean thinking,
        int rank) {
    public Model {
        aliases = List.copyOf(aliases);
    }
}
