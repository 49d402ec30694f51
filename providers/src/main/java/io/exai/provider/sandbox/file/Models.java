package io.exai.provider.sandbox.file;

import com.fasterxml.jackson.core.JsonGenerator;
import io.exai.provider.json.Json;
import io.exai.provider.sandbox.wire.Dialect;
import java.io.IOException;
import java.util.List;

/** The models that each vendor's list names; the sandbox answers for any other as well. */
final class Models {
    private static final String OWN = "sandbox-echo";
    private static final long CREATED = 1_767_225_600;

    private Models() {}

    static byte[] list(Dialect dialect) {
        return Json.object(json -> {
            if (!dialect.messages()) {
                json.writeStringField("object", "list");
            }
            Json.array(json, "data", data -> {
                for (String name : names(dialect)) {
                    Json.member(data, model -> write(model, dialect, name));
                }
            });
            if (dialect.messages()) {
                List<String> names = names(dialect);
                json.writeBooleanField("has_more", false);
                json.writeStringField("first_id", names.get(0));
                json.writeStringField("last_id", names.get(names.size() - 1));
            }
        });
    }

    private static void write(JsonGenerator json, Dialect dialect, String name) throws IOException {
        if (dialect.messages()) {
            json.writeStringField("type", "model");
            json.writeStringField("id", name);
            json.writeStringField("display_name", name);
            json.writeStringField("created_at", "2026-01-01T00:00:00Z");
            return;
        }
        json.writeStringField("id", name);
        json.writeStringField("object", "model");
        json.writeNumberField("created", CREATED);
        json.writeStringField("owned_by", "sandbox");
        if (dialect == Dialect.KIMI) {
            json.writeNumberField("context_length", 262_144);
        }
    }

    private static List<String> names(Dialect dialect) {
        return switch (dialect) {
            case OPENAI -> List.of(OWN);
            case KIMI -> List.of(OWN, "kimi-k2-0905-preview", "kimi-k2-thinking", "kimi-latest", "moonshot-v1-128k");
            case GLM -> List.of(OWN, "glm-4.6", "glm-4.5", "glm-4.5-air", "glm-4.5-flash", "glm-4.5v");
            case ANTHROPIC -> List.of(OWN, "claude-sonnet-4-5");
            case MINIMAX -> List.of(OWN, "MiniMax-M2", "MiniMax-M2-Stable");
        };
    }
}
