package io.exai.server.prompt;

import io.exai.protocol.NearName;
import io.exai.server.definition.DefinitionFiles;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** All prompts, by name; the list may change while it is read. */
public final class PromptBook {
    private static final int LONGEST_SHOWN = 80;

    private final ConcurrentSkipListMap<String, Prompt> prompts;

    private PromptBook(Map<String, Prompt> prompts) {
        this.prompts = new ConcurrentSkipListMap<>(prompts);
    }

    /**
     * The prompts that come with the daemon, and those of the user's folder, which may replace them.
     *
     * @param folder with pairs {@code NAME.json} and {@code NAME.md}; empty for none
     * @throws IllegalArgumentException when a file is missing or wrong, naming file and field
     */
    public static PromptBook load(String folder) {
        return of(DefinitionFiles.find("prompt", folder).stream()
                .map(pair -> PromptFile.read(pair.file(), pair.json(), pair.text()))
                .toList());
    }

    /** Of prompts that no file defines; a later one replaces an earlier one of its name. */
    public static PromptBook of(List<Prompt> prompts) {
        Map<String, Prompt> byName = new TreeMap<>();
        prompts.forEach(prompt -> byName.put(prompt.name(), prompt));
        return new PromptBook(byName);
    }

    public Optional<Prompt> find(String name) {
        return Optional.ofNullable(prompts.get(name));
    }

    /** In order of their names. */
    public List<Prompt> all() {
        return List.copyOf(prompts.values());
    }

    /** Adds a prompt, or takes it out when one of its name is there; for who changes the list on purpose. */
    public void toggle(Prompt prompt) {
        prompts.compute(prompt.name(), (name, there) -> there == null ? prompt : null);
    }

    /** What to say to somebody who asked for a prompt that is not there. */
    public String unknown(String name) {
        String shown = name.length() > LONGEST_SHOWN ? name.substring(0, LONGEST_SHOWN) + "..." : name;
        return "Unknown prompt: " + shown + " (" + NearName.hint(name, prompts.keySet()) + ")";
    }
}
