package io.exai.provider.router;

import io.exai.provider.catalogue.ImageLimits;
import io.exai.provider.catalogue.Model;
import java.util.Optional;

/**
 * Whether a model can answer a question.
 *
 * @param maxNanos most that the answer may cost, in billionths of a US dollar; 0 for no limit
 */
record Fitness(Need need, long maxNanos) {
    /** An answer of ordinary length, for estimates of what it costs. */
    private static final int ORDINARY_ANSWER = 1_000;

    /** What stands against it; empty when it can. */
    Optional<String> problem(Model model) {
        ImageLimits limits = model.imageLimits();
        if (need.inputTokens() > model.questionTokens()) {
            return Optional.of("takes questions of " + model.questionTokens() + " tokens, this one has about "
                    + need.inputTokens());
        } else if (need.images() > 0 && limits == null) {
            return Optional.of("sees no images");
        } else if (limits != null && need.images() > limits.count()) {
            return Optional.of("sees " + limits.count() + " images, the question has " + need.images());
        } else if (limits != null && need.largestImage() > limits.bytes()) {
            return Optional.of("sees images of up to " + limits.bytes() + " bytes, one has " + need.largestImage());
        } else if (need.thinking() && !model.thinking()) {
            return Optional.of("does not think");
        } else if (need.webSearch() && !model.webSearch()) {
            return Optional.of("does not search the web");
        } else if (need.functions() && !model.tools()) {
            return Optional.of("calls no functions");
        }
        return maxNanos > 0 && cost(model) > maxNanos
                ? Optional.of("costs about " + dollars(cost(model)) + ", allowed are " + dollars(maxNanos))
                : Optional.empty();
    }

    /** What an ordinary answer costs, in billionths of a US dollar. */
    long cost(Model model) {
        return model.price().nanos(need.inputTokens(), Math.min(ORDINARY_ANSWER, model.maxOutputTokens()));
    }

    private static String dollars(long nanos) {
        return String.format(java.util.Locale.ROOT, "$%.4f", nanos / 1e9);
    }
}
