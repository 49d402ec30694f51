package io.exai.server.tool;

import com.fasterxml.jackson.databind.JsonNode;
import io.exai.protocol.NearName;
import io.exai.provider.catalogue.Catalogue;
import io.exai.provider.router.Plan;
import io.exai.provider.router.Router;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Holds the model that a call names against the models that can be used. */
public final class ModelCheck {
    private static final int REASONS = 3;

    private ModelCheck() {}

    /** What is wrong with the argument {@code model}; empty when it is absent, {@code auto}, or known. */
    public static List<String> problems(Tool tool, JsonNode arguments, Catalogue catalogue) {
        JsonNode model = arguments.path("model");
        boolean fine = !(tool.run() instanceof Run.AskModel)
                || !model.isTextual()
                || model.textValue().equals("auto")
                || catalogue.find(model.textValue()).isPresent();
        return fine ? List.of() : List.of(unknown(model.textValue(), catalogue));
    }

    /** Whether a call may name it. */
    static boolean isKnown(String wanted, Catalogue catalogue) {
        return wanted.equals(Router.AUTO) || catalogue.find(wanted).isPresent();
    }

    /** Why no model can answer. */
    static String unfit(Plan plan) {
        String reasons = plan.excluded().stream()
                .limit(REASONS)
                .map(excluded -> excluded.model().name() + ' ' + excluded.why())
                .collect(Collectors.joining("; "));
        return "model: " + plan.asked() + " (expected: one that can answer this; " + reasons + ")";
    }

    static String unknown(String asked, Catalogue catalogue) {
        List<String> names = Stream.concat(
                        Stream.of("auto"), catalogue.models().stream().map(known -> known.name()))
                .toList();
        return "model: " + asked + " (expected: " + NearName.hint(asked, names) + ")";
    }
}
