package io.exai.server.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.exai.server.script.InputRequest;
import io.exai.server.script.Invocation;
import io.exai.server.script.Script;
import io.exai.server.script.Step;
import io.exai.server.tool.Tool;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tools that ask their client, one request at a time, in revisions with a handshake. */
final class AskingTools {
    private static final String INPUT = "input";

    private static final String USER = """
            {"type":"object","properties":{
             "username":{"type":"string","description":"User's response"},
             "email":{"type":"string","description":"User's email address"}},"required":["username","email"]}
            """;

    private static final String DEFAULTS = """
            {"type":"object","properties":{
             "name":{"type":"string","description":"User name","default":"John Doe"},
             "age":{"type":"integer","description":"User age","default":30},
             "score":{"type":"number","description":"User score","default":95.5},
             "status":{"type":"string","enum":["active","inactive","pending"],"default":"active"},
             "verified":{"type":"boolean","description":"Verified","default":true}},"required":[]}
            """;

    private static final String ENUMS = """
            {"type":"object","properties":{
             "untitledSingle":{"type":"string","enum":["option1","option2","option3"]},
             "titledSingle":{"type":"string","oneOf":[{"const":"value1","title":"First Option"},
              {"const":"value2","title":"Second Option"},{"const":"value3","title":"Third Option"}]},
             "legacyEnum":{"type":"string","enum":["opt1","opt2","opt3"],
              "enumNames":["Option One","Option Two","Option Three"]},
             "untitledMulti":{"type":"array","items":{"type":"string","enum":["option1","option2","option3"]}},
             "titledMulti":{"type":"array","items":{"anyOf":[{"const":"value1","title":"First Choice"},
              {"const":"value2","title":"Second Choice"},{"const":"value3","title":"Third Choice"}]}}},"required":[]}
            """;

    private AskingTools() {}

    static List<Tool> all() {
        return List.of(
                Fixture.tool(
                        "test_sampling",
                        "Asks the client's model.",
                        oneText("prompt"),
                        Fixture.policy(),
                        AskingTools::sample),
                Fixture.tool(
                        "test_elicitation",
                        "Asks the user for name and address.",
                        oneText("message"),
                        Fixture.policy(),
                        invocation -> elicit(
                                        Asking.form(
                                                invocation
                                                        .arguments()
                                                        .path("message")
                                                        .asText(),
                                                USER),
                                        "User response: ")
                                .next(invocation)),
                Fixture.tool(
                        "test_elicitation_sep1034_defaults",
                        "Asks with a form that has defaults.",
                        elicit(Asking.form("Please review these values", DEFAULTS), "Elicitation completed: ")),
                Fixture.tool(
                        "test_elicitation_sep1330_enums",
                        "Asks with a form that has choices.",
                        elicit(Asking.form("Please choose", ENUMS), "Elicitation completed: ")));
    }

    private static List<Step> sample(Invocation invocation) {
        InputRequest request =
                Asking.sampling(invocation.arguments().path("prompt").asText(), 100);
        return new Question(
                        Map.of(INPUT, request),
                        null,
                        given -> Asking.sampled(given, INPUT).map(text -> Blocks.complete("LLM response: " + text)))
                .next(invocation);
    }

    /** Tells whatever the user did with the form. */
    private static Script elicit(InputRequest form, String begin) {
        return new Question(Map.of(INPUT, form), null, given -> {
            JsonNode input = Asking.input(given, INPUT);
            return input.path("action").isTextual()
                    ? Optional.of(Blocks.complete(
                            begin + "action=" + input.path("action").asText() + ", content="
                                    + (input.has("content") ? input.path("content") : "{}")))
                    : Optional.empty();
        });
    }

    private static String oneText(String name) {
        return "{\"type\":\"object\",\"properties\":{\"" + name + "\":{\"type\":\"string\"}},\"required\":[\"" + name
                + "\"]}";
    }
}
