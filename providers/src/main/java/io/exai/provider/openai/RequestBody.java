package io.exai.provider.openai;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.exai.provider.chat.ChatMessage;
import io.exai.provider.chat.ChatRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;

/** Writes the body of a chat-completions request. */
final class RequestBody {
    private static final JsonFactory JSON = new JsonFactory();

    private RequestBody() {}

    static byte[] of(ChatRequest request) {
        var bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            write(request, json);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static void write(ChatRequest request, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("model", request.model());
        json.writeArrayFieldStart("messages");
        for (ChatMessage message : request.messages()) {
            write(message, json);
        }
        json.writeEndArray();
        json.writeBooleanField("stream", request.stream());
        if (request.stream()) {
            json.writeObjectFieldStart("stream_options");
            json.writeBooleanField("include_usage", true);
            json.writeEndObject();
        }
        writeLimits(request, json);
        json.writeEndObject();
    }

    private static void write(ChatMessage message, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("role", message.role().name().toLowerCase(Locale.ROOT));
        json.writeStringField("content", message.text());
        json.writeEndObject();
    }

    private static void writeLimits(ChatRequest request, JsonGenerator json) throws IOException {
        Double temperature = request.temperature();
        if (temperature != null) {
            json.writeNumberField("temperature", temperature);
        }
        Integer maxTokens = request.maxTokens();
        if (maxTokens != null) {
            json.writeNumberField("max_tokens", maxTokens);
        }
    }
}
