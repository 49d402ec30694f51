package io.exai.server.prompt;

import io.exai.server.definition.Definition;
import io.exai.server.tool.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads a prompt's definition; a mistake in it stops the start with a line that names file, field and expectation. */
final class PromptFile {
    private static final Set<String> FIELDS = Set.of("name", "title", "description", "arguments");
    private static final Set<String> ARGUMENT_FIELDS =
            Set.of("name", "title", "description", "required", "values", "completes");
    private static final String NAME = "[A-Za-z0-9_.-]{1,64}";
    private static final String ARGUMENT_NAME = "[a-z][a-zA-Z0-9_]{0,63}";

    private PromptFile() {}

    static Prompt read(String file, String json, String text) {
        Definition root = Definition.parse(file, json);
        root.onlyKnown(FIELDS);
        String name = named(root, NAME, "1 to 64 of A-Z a-z 0-9 _ . -");
        List<PromptArgument> arguments = arguments(root);
        for (String place : Template.names(text)) {
            if (arguments.stream().noneMatch(argument -> argument.name().equals(place))) {
                throw root.wrong("arguments", "no " + place, "every {{name}} of the text");
            }
        }
        String description = root.text("description");
        return new Prompt(name, root.text("title"), description, arguments, new TextScript(description, text));
    }

    private static List<PromptArgument> arguments(Definition root) {
        List<PromptArgument> arguments = new ArrayList<>();
        for (Definition argument : root.sections("arguments")) {
            argument.onlyKnown(ARGUMENT_FIELDS);
            arguments.add(new PromptArgument(
                    named(argument, ARGUMENT_NAME, "a lower-case letter, then up to 63 letters, digits and _"),
                    argument.text("title"),
                    argument.text("description"),
                    argument.flag("required"),
                    argument.texts("values"),
                    argument.has("completes") ? argument.oneOf("completes", List.of("models", "tools")) : ""));
        }
        return List.copyOf(arguments);
    }

    private static String named(Definition section, String pattern, String expected) {
        String name = section.text("name");
        if (!name.matches(pattern)) {
            throw section.wrong("name", name, expected);
        }
        return name;
    }
}
