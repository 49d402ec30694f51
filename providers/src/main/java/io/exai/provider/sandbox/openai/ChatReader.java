package io.exai.provider.sandbox.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.exai.provider.sandbox.question.Question;
import io.exai.provider.sandbox.question.Talk;
import io.exai.provider.sandbox.question.ToolCall;
import io.exai.provider.sandbox.shape.Shape;
import io.exai.provider.sandbox.shape.Shapes;
import io.exai.provider.sandbox.wire.Dialect;
import io.exai.provider.sandbox.wire.InvalidQuestion;

/** Reads a chat-completions body as strictly as its vendor would. */
public final class ChatReader {
    private ChatReader() {}

    public static Question read(Dialect dialect, JsonNode body) throws InvalidQuestion {
        shape(dialect).check(body, "");
        ChatRules.check(dialect, body);
        var talk = new Talk();
        JsonNode messages = body.path("messages");
        for (int i = 0; i < messages.size(); i++) {
            read(talk, messages.get(i), "messages[" + i + ']');
        }
        talk.settle("messages");
        boolean usageWanted = body.path("stream_options").path("include_usage").asBoolean();
        return new Question(
                dialect,
                body,
                Question.cut(talk.prompt()),
                usageWanted,
                talk.input(),
                talk.reply(ChatOffers.of(dialect, body)));
    }

    private static Shape shape(Dialect dialect) {
        return switch (dialect) {
            case KIMI -> KimiShape.REQUEST;
            case GLM -> GlmShape.REQUEST;
            default -> OpenAiShape.REQUEST;
        };
    }

    private static void read(Talk talk, JsonNode message, String at) throws InvalidQuestion {
        String role = message.path("role").asText();
        if (role.equals("tool")) {
            String text = text(talk, message.path("content"), at);
            talk.count(text);
            String name = message.path("name").asText("");
            talk.answered(message.path("tool_call_id").asText(), name, text, at + ".tool_call_id");
            return;
        }
        talk.begin(at);
        String text = text(talk, message.path("content"), at);
        talk.count(text);
        if (role.equals("user")) {
            talk.asked(text);
        } else if (role.equals("assistant")) {
            calls(talk, message, at);
        }
    }

    private static void calls(Talk talk, JsonNode message, String at) throws InvalidQuestion {
        JsonNode calls = message.path("tool_calls");
        boolean says = message.hasNonNull("content") || !calls.isEmpty();
        Shapes.require(says, message.path("content"), at + ".content", "a text, as there are no tool_calls");
        for (JsonNode call : calls) {
            JsonNode function = call.path("function");
            talk.called(
                    call.path("id").asText(),
                    new ToolCall(
                            function.path("name").asText(),
                            false,
                            function.path("arguments").asText()));
        }
    }

    private static String text(Talk talk, JsonNode content, String at) throws InvalidQuestion {
        if (!content.isArray()) {
            return content.isTextual() ? content.textValue() : "";
        }
        var text = new StringBuilder();
        for (int i = 0; i < content.size(); i++) {
            JsonNode part = content.get(i);
            text.append(part.path("text").asText(""));
            if (part.path("type").asText().equals("image_url")) {
                JsonNode image = part.path("image_url");
                String url = image.isTextual()
                        ? image.textValue()
                        : image.path("url").asText();
                talk.images().addUrl(url, at + ".content[" + i + "].image_url");
            }
        }
        return text.toString();
    }
}
