package io.exai.provider.sandbox.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import io.exai.provider.sandbox.question.Talk;
import io.exai.provider.sandbox.question.ToolCall;
import io.exai.provider.sandbox.wire.Dialect;
import io.exai.provider.sandbox.wire.InvalidQuestion;
import java.util.List;

/** Reads the blocks of one message. */
final class MessagesContent {
    private static final List<String> MEDIA = List.of("image", "document");

    private final Dialect dialect;
    private final Talk talk;
    private final String at;

    MessagesContent(Dialect dialect, Talk talk, String at) {
        this.dialect = dialect;
        this.talk = talk;
        this.at = at;
    }

    void read(JsonNode message) throws InvalidQuestion {
        JsonNode content = message.path("content");
        boolean results = content.path(0).path("type").asText().equals("tool_result");
        if (!results) {
            talk.begin(at);
        }
        for (int i = 0; i < content.size(); i++) {
            block(content.get(i), at + ".content[" + i + ']');
        }
        String text = plain(content);
        talk.count(text);
        if (message.path("role").asText().equals("user")) {
            talk.settle(at);
            if (!text.isEmpty() || !results) {
                talk.asked(text);
            }
        }
    }

    /** A text, or those of the text blocks together. */
    static String plain(JsonNode content) {
        if (content.isTextual()) {
            return content.textValue();
        }
        var text = new StringBuilder();
        for (JsonNode block : content) {
            text.append(block.path("text").asText(""));
        }
        return text.toString();
    }

    private void block(JsonNode block, String where) throws InvalidQuestion {
        String type = block.path("type").asText();
        switch (type) {
            case "tool_use" ->
                talk.called(
                        block.path("id").asText(),
                        new ToolCall(
                                block.path("name").asText(),
                                false,
                                block.path("input").toString()));
            case "tool_result" -> result(block, where);
            default -> media(block, type, where);
        }
    }

    private void result(JsonNode block, String where) throws InvalidQuestion {
        JsonNode content = block.path("content");
        String text = plain(content);
        talk.count(text);
        talk.answered(block.path("tool_use_id").asText(), "", text, where + ".tool_use_id");
        for (int i = 0; i < content.size(); i++) {
            media(content.get(i), content.get(i).path("type").asText(), where + ".content[" + i + ']');
        }
    }

    private void media(JsonNode block, String type, String where) throws InvalidQuestion {
        if (MEDIA.contains(type) && dialect == Dialect.MINIMAX) {
            throw InvalidQuestion.wrong(where + ".type", "no image and no document, which the vendor cannot read");
        }
        JsonNode source = block.path("source");
        if (type.equals("image") && source.path("type").asText().equals("base64")) {
            talk.images().addBase64(source.path("data").asText(), where + ".source.data");
        } else if (type.equals("image") && source.path("type").asText().equals("url")) {
            talk.images().addUrl(source.path("url").asText(), where + ".source.url");
        }
    }
}
