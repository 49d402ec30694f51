package io.exai.provider.sandbox.openai;

import com.fasterxml.jackson.core.JsonGenerator;
import io.exai.provider.json.Json;
import io.exai.provider.sandbox.question.Question;
import io.exai.provider.sandbox.wire.Dialect;
import java.io.IOException;

/** Writes what an answer cost; cached tokens, when there are some, where the vendor tells of them. */
final class ChatUsage {
    private ChatUsage() {}

    static void write(JsonGenerator json, Question question) throws IOException {
        int output = question.reply().tokens();
        int cached = question.input().cached();
        Json.object(json, "usage", usage -> {
            usage.writeNumberField("prompt_tokens", question.inputTokens());
            usage.writeNumberField("completion_tokens", output);
            usage.writeNumberField("total_tokens", question.inputTokens() + output);
            if (cached > 0 && question.dialect() == Dialect.KIMI) {
                usage.writeNumberField("cached_tokens", cached);
            } else if (cached > 0) {
                Json.object(
                        usage, "prompt_tokens_details", details -> details.writeNumberField("cached_tokens", cached));
            }
        });
    }
}
