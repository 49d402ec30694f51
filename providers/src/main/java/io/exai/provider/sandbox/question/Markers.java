package io.exai.provider.sandbox.question;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a prompt asks the sandbox to do, in square brackets. */
final class Markers {
    private static final JsonFactory JSON = new JsonFactory();
    private static final String CALL = "[call ";
    private static final Pattern CACHED = Pattern.compile("\\[cached (\\d{1,6})]");

    private Markers() {}

    /** The calls of offered tools, each written {@code [call NAME {json}]}. */
    static List<ToolCall> calls(String prompt, Set<String> offered) {
        var calls = new ArrayList<ToolCall>();
        for (int at = prompt.indexOf(CALL); at >= 0; at = prompt.indexOf(CALL, at + 1)) {
            int brace = prompt.indexOf('{', at);
            String name =
                    brace < 0 ? "" : prompt.substring(at + CALL.length(), brace).strip();
            String arguments = offered.contains(name) ? object(prompt.substring(brace)) : "";
            if (!arguments.isEmpty() && prompt.startsWith("]", brace + arguments.length())) {
                calls.add(new ToolCall(name, false, arguments));
            }
        }
        return calls;
    }

    static boolean search(String prompt) {
        return prompt.contains("[search]");
    }

    /** How many tokens {@code [cached N]} says are cached. */
    static int cached(String prompt) {
        if (prompt.indexOf("[cached ") < 0) {
            return 0;
        }
        Matcher cached = CACHED.matcher(prompt);
        return cached.find() ? Integer.parseInt(cached.group(1)) : 0;
    }

    /** The JSON object that a text begins with; empty when it begins with none. */
    private static String object(String text) {
        try (JsonParser json = JSON.createParser(text)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return "";
            }
            json.skipChildren();
            return json.currentToken() == JsonToken.END_OBJECT
                    ? text.substring(0, (int) json.currentLocation().getCharOffset())
                    : "";
        } catch (IOException malformed) {
            return "";
        }
    }
}
