package io.exai.provider.actor;

import io.exai.provider.anthropic.AnthropicFormat;
import io.exai.provider.catalogue.Dialect;
import io.exai.provider.glm.Glm;
import io.exai.provider.http.WireFormat;
import io.exai.provider.kimi.Kimi;
import io.exai.provider.openai.OpenAiFormat;
import io.exai.provider.openai.Variants;
import java.time.Clock;

/** The wire format of each dialect. */
final class Formats {
    private Formats() {}

    static WireFormat of(Dialect dialect, Clock clock) {
        return switch (dialect) {
            case COMPATIBLE -> new OpenAiFormat(Variants.COMPATIBLE);
            case OPENAI -> new OpenAiFormat(Variants.OPENAI);
            case OPENROUTER -> new OpenAiFormat(Variants.OPENROUTER);
            case KIMI -> new OpenAiFormat(new Kimi(clock));
            case GLM -> new OpenAiFormat(new Glm());
            case ANTHROPIC -> new AnthropicFormat();
        };
    }
}
