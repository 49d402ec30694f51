package io.exai.server.prompt;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.json.WireJson;
import io.exai.server.script.Invocation;
import io.exai.server.script.Script;
import io.exai.server.script.Step;
import io.exai.server.tool.Template;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Fills a text into one user message. A paragraph is left out when none of the arguments it names is given. */
record TextScript(String description, String text) implements Script {
    private static final Pattern BLANK_LINES = Pattern.compile("\\n\\s*\\n");

    @Override
    public List<Step> next(Invocation invocation) {
        String filled = BLANK_LINES
                .splitAsStream(text.strip())
                .filter(paragraph -> isWanted(paragraph, invocation))
                .map(paragraph -> Template.fill(paragraph, name -> given(invocation, name)))
                .collect(Collectors.joining("\n\n"));
        ObjectNode result = WireJson.object().put("description", description);
        ObjectNode message = result.putArray("messages").addObject().put("role", "user");
        message.putObject("content").put("type", "text").put("text", filled);
        return List.of(new Step.Complete(result));
    }

    private static boolean isWanted(String paragraph, Invocation invocation) {
        List<String> names = Template.names(paragraph);
        return names.isEmpty()
                || names.stream().anyMatch(name -> !given(invocation, name).isBlank());
    }

    private static String given(Invocation invocation, String name) {
        return invocation.arguments().path(name).asText("");
    }
}
