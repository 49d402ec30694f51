package io.exai.server.conformance;

import io.exai.server.change.Change;
import io.exai.server.prompt.Prompt;
import io.exai.server.prompt.PromptBook;
import io.exai.server.script.Step;
import io.exai.server.tool.Tool;
import io.exai.server.tool.Toolbox;
import java.util.List;

/** Tools that change the lists they are in: the only scripts that do something before their steps are taken. */
final class ChangingTools {
    private static final Tool COMING_AND_GOING =
            Fixture.fixed("test_dynamic_tool", "Comes and goes.", Blocks.complete("Still there."));
    private static final Prompt COMING_AND_GOING_PROMPT =
            FixturePrompts.fixed("test_dynamic_prompt", "Comes and goes.", List.of(Blocks.text("Still there.")));

    private ChangingTools() {}

    static List<Tool> all(Toolbox toolbox, PromptBook prompts) {
        return List.of(
                Fixture.tool("test_trigger_tool_change", "Changes the list of tools.", invocation -> {
                    toolbox.toggle(COMING_AND_GOING);
                    return List.of(new Step.Announce(new Change.Tools()), Blocks.complete("Tools changed."));
                }),
                Fixture.tool("test_trigger_prompt_change", "Changes the list of prompts.", invocation -> {
                    prompts.toggle(COMING_AND_GOING_PROMPT);
                    return List.of(new Step.Announce(new Change.Prompts()), Blocks.complete("Prompts changed."));
                }));
    }
}
