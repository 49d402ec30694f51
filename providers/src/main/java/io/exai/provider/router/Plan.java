package io.exai.provider.router;

import io.exai.provider.catalogue.Model;
import java.util.List;

/**
 * The models that may answer, the best first, and why the others may not.
 *
 * @param asked the name in the question, {@code auto} when there is none
 */
public record Plan(String asked, List<Choice> choices, List<Exclusion> excluded) {
    /** A model that may answer. */
    public record Choice(Model model, String why) {}

    /** A model that may not. */
    public record Exclusion(Model model, String why) {}

    public Plan {
        choices = List.copyOf(choices);
        excluded = List.copyOf(excluded);
    }
}
