package io.exai.provider.openai;

import com.fasterxml.jackson.core.JsonGenerator;
import io.exai.provider.chat.ChatMessage;
import io.exai.provider.chat.ChatRequest;
import io.exai.provider.chat.FunctionCall;
import io.exai.provider.chat.FunctionSpec;
import io.exai.provider.chat.Image;
import io.exai.provider.chat.Role;
import io.exai.provider.json.Json;
import java.io.IOException;

/** Writes the body of a chat-completions request. */
record RequestBody(Variant variant, ChatRequest request) {
    byte[] bytes() {
        return Json.object(this::write);
    }

    private void write(JsonGenerator json) throws IOException {
        json.writeStringField("model", request.model());
        json.writeArrayFieldStart("messages");
        for (ChatMessage message : request.messages()) {
            write(json, message);
        }
        json.writeEndArray();
        json.writeBooleanField("stream", request.stream());
        if (request.stream() && variant.asksForUsage()) {
            json.writeObjectFieldStart("stream_options");
            json.writeBooleanField("include_usage", true);
            json.writeEndObject();
        }
        writeLimits(json);
        writeTools(json);
        variant.writeRequest(json, request);
    }

    private void write(JsonGenerator json, ChatMessage message) throws IOException {
        json.writeStartObject();
        json.writeStringField("role", message.role().label());
        FunctionCall answered = message.answered();
        if (answered != null) {
            json.writeStringField("tool_call_id", answered.id());
            if (variant.namesResults()) {
                json.writeStringField("name", answered.name());
            }
        }
        if (message.images().isEmpty()) {
            json.writeStringField("content", variant.text(message));
        } else {
            writeParts(json, message);
        }
        if (!message.calls().isEmpty()) {
            writeCalls(json, message);
        }
        String reasoning = message.reasoning();
        if (variant.repeatsReasoning() && message.role() == Role.ASSISTANT && reasoning != null) {
            json.writeStringField("reasoning_content", reasoning);
        }
        json.writeEndObject();
    }

    private static void writeParts(JsonGenerator json, ChatMessage message) throws IOException {
        json.writeArrayFieldStart("content");
        for (Image image : message.images()) {
            json.writeStartObject();
            json.writeStringField("type", "image_url");
            json.writeObjectFieldStart("image_url");
            json.writeStringField("url", image.url());
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeStartObject();
        json.writeStringField("type", "text");
        json.writeStringField("text", message.text());
        json.writeEndObject();
        json.writeEndArray();
    }

    private static void writeCalls(JsonGenerator json, ChatMessage message) throws IOException {
        json.writeArrayFieldStart("tool_calls");
        for (FunctionCall call : message.calls()) {
            json.writeStartObject();
            json.writeStringField("id", call.id());
            json.writeStringField("type", "function");
            json.writeObjectFieldStart("function");
            json.writeStringField("name", call.name());
            json.writeStringField("arguments", call.arguments());
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void writeLimits(JsonGenerator json) throws IOException {
        Double temperature = request.temperature();
        if (temperature != null && variant.takesTemperature(request)) {
            json.writeNumberField("temperature", temperature);
        }
        Integer maxTokens = request.maxTokens();
        if (maxTokens != null) {
            json.writeNumberField(variant.maxTokensField(), variant.maxTokens(request, maxTokens));
        }
    }

    private void writeTools(JsonGenerator json) throws IOException {
        boolean search = variant.searches() && request.abilities().webSearch();
        if (request.abilities().functions().isEmpty() && !search) {
            return;
        }
        json.writeArrayFieldStart("tools");
        for (FunctionSpec function : request.abilities().functions()) {
            json.writeStartObject();
            json.writeStringField("type", "function");
            json.writeObjectFieldStart("function");
            json.writeStringField("name", function.name());
            json.writeStringField("description", function.description());
            Json.raw(json, "parameters", function.parameters());
            json.writeEndObject();
            json.writeEndObject();
        }
        if (search) {
            json.writeStartObject();
            variant.writeSearch(json);
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
