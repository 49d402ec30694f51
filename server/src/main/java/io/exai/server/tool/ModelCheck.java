package io.exai.server.tool;

import com.fasterxml.jackson.databind.JsonNode;
import io.exai.protocol.NearName;
import io.exai.provider.catalogue.Catalogue;
import io.exai.provider.catalogue.Model;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Holds the model that a call names against the models that can be used. */
public final class ModelCheck {
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

    /** The model that a call means by that name; empty when there is none of it. */
    public static Optional<Model> model(String wanted, Catalogue catalogue) {
        return wanted.equals("auto") ? Optional.of(catalogue.preferred()) : catalogue.find(wanted);
    }

    static String unknown(String asked, Catalogue catalogue) {
        List<String> names = Stream.concat(
                        Stream.of("auto"), catalogue.models().stream().map(known -> known.name()))
                .toList();
        return "model: " + asked + " (expected: " + NearName.hint(asked, names) + ")";
    }
}
