package io.exai.server.tool;

import io.exai.provider.router.Preference;
import io.exai.server.script.Script;

/** What a call of a tool does. */
public sealed interface Run {
    /**
     * Asks a model; the tool's text is the system prompt.
     *
     * @param user template of the user message over the call's arguments
     * @param preference what matters when the daemon chooses the model
     */
    record AskModel(String user, Preference preference) implements Run {}

    /** Takes the steps of a script. */
    record Scripted(Script script) implements Run {}

    /** Answers at once from what the daemon knows; the tool's text is the template of the answer. */
    record Report(String source) implements Run {}
}
