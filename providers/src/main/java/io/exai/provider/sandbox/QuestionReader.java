package io.exai.provider.sandbox;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;

/** Reads a chat-completions body as strictly as a vendor would. */
final class QuestionReader {
    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .readerFor(JsonNode.class);

    private QuestionReader() {}

    static Question read(byte[] body) throws InvalidQuestion {
        JsonNode root = tree(body);
        require(root.isObject(), "body", "a JSON object");
        JsonNode model = root.path("model");
        require(model.isTextual() && !model.textValue().isBlank(), "model", "a model name");
        JsonNode stream = root.path("stream");
        require(absent(stream) || stream.isBoolean(), "stream", "true or false");
        JsonNode options = root.path("stream_options");
        require(absent(options) || options.isObject(), "stream_options", "an object");
        readLimits(root);
        return readMessages(
                root.path("messages"),
                model.textValue(),
                stream.booleanValue(),
                options.path("include_usage").asBoolean());
    }

    private static void readLimits(JsonNode root) throws InvalidQuestion {
        JsonNode heat = root.path("temperature");
        boolean warm = heat.isNumber() && heat.doubleValue() >= 0 && heat.doubleValue() <= 2;
        require(absent(heat) || warm, "temperature", "a number from 0 to 2");
        JsonNode limit = root.path("max_tokens");
        boolean positive = limit.isIntegralNumber() && limit.longValue() > 0;
        require(absent(limit) || positive, "max_tokens", "a whole number of at least 1");
    }

    private static Question readMessages(JsonNode messages, String model, boolean stream, boolean usage)
            throws InvalidQuestion {
        require(messages.isArray() && !messages.isEmpty(), "messages", "a list with at least one message");
        String prompt = "";
        int words = 0;
        for (int i = 0; i < messages.size(); i++) {
            String at = "messages[" + i + "]";
            JsonNode role = messages.get(i).path("role");
            require(role.isTextual(), at + ".role", "system, user, assistant or tool");
            String text = text(messages.get(i).path("content"), at + ".content");
            words += Words.count(text);
            prompt = role.textValue().equals("user") ? text : prompt;
        }
        return new Question(model, prompt, words, stream, usage);
    }

    private static String text(JsonNode content, String at) throws InvalidQuestion {
        if (!content.isArray()) {
            require(content.isTextual(), at, "a text or a list of parts");
            return content.textValue();
        }
        var text = new StringBuilder();
        for (int i = 0; i < content.size(); i++) {
            require(content.get(i).path("type").isTextual(), at + '[' + i + "].type", "text or image_url");
            text.append(content.get(i).path("text").asText());
        }
        return text.toString();
    }

    private static JsonNode tree(byte[] body) throws InvalidQuestion {
        try {
            return JSON.readTree(body);
        } catch (IOException malformed) {
            throw new InvalidQuestion("body", "a JSON object");
        }
    }

    private static boolean absent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    private static void require(boolean good, String field, String expected) throws InvalidQuestion {
        if (!good) {
            throw new InvalidQuestion(field, expected);
        }
    }
}
