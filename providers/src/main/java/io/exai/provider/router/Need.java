package io.exai.provider.router;

/**
 * What a question needs of the model that answers it.
 *
 * @param inputTokens of the question, as estimated
 * @param images how many pictures it shows
 * @param largestImage in bytes; 0 for those that the vendor fetches itself
 * @param thinking whether the model has to think first
 * @param webSearch whether the vendor has to search for it
 * @param functions whether it offers functions
 */
public record Need(
        Preference preference,
        long inputTokens,
        int images,
        long largestImage,
        boolean thinking,
        boolean webSearch,
        boolean functions) {
    /** Text alone. */
    public static Need text(Preference preference, long inputTokens) {
        return new Need(preference, inputTokens, 0, 0, false, false, false);
    }

    /** The same for a question of up to so many more tokens that few different needs remain. */
    Need rounded() {
        long step = 1_024;
        long tokens = (inputTokens + step - 1) / step * step;
        return new Need(preference, tokens, images, largestImage, thinking, webSearch, functions);
    }
}
