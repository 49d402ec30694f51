package io.exai.provider.sandbox.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import io.exai.provider.sandbox.question.Offer;
import io.exai.provider.sandbox.question.Question;
import io.exai.provider.sandbox.question.Talk;
import io.exai.provider.sandbox.wire.Dialect;
import io.exai.provider.sandbox.wire.InvalidQuestion;
import java.util.HashSet;
import java.util.Set;

/** Reads a messages body as strictly as its vendor would. */
public final class MessagesReader {
    private MessagesReader() {}

    public static Question read(Dialect dialect, JsonNode body) throws InvalidQuestion {
        AnthropicShape.REQUEST.check(body, "");
        MessagesRules.check(dialect, body);
        var talk = new Talk();
        JsonNode system = body.path("system");
        if (!system.isMissingNode()) {
            talk.count(MessagesContent.plain(system));
        }
        JsonNode messages = body.path("messages");
        for (int i = 0; i < messages.size(); i++) {
            var content = new MessagesContent(dialect, talk, "messages[" + i + ']');
            content.read(messages.get(i));
        }
        talk.settle("messages");
        return new Question(dialect, body, Question.cut(talk.prompt()), true, talk.input(), talk.reply(offer(body)));
    }

    private static Offer offer(JsonNode body) {
        String thinking = body.path("thinking").path("type").asText("");
        boolean thinks = thinking.equals("enabled") || thinking.equals("adaptive");
        Set<String> functions = new HashSet<>();
        if (!body.path("tool_choice").path("type").asText().equals("none")) {
            for (JsonNode tool : body.path("tools")) {
                if (tool.has("input_schema")) {
                    functions.add(tool.path("name").asText());
                }
            }
        }
        return new Offer(functions, false, null, thinks);
    }
}
