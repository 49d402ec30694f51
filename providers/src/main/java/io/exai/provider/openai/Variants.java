package io.exai.provider.openai;

import com.fasterxml.jackson.core.JsonGenerator;
import io.exai.provider.chat.ChatRequest;
import io.exai.provider.chat.Thinking;
import java.io.IOException;

/** The variants without vendor code of their own. */
public enum Variants implements Variant {
    /** What every server that calls itself compatible understands. */
    COMPATIBLE,

    /**
     * OpenAI itself.
     *
     * @see <a href="https://platform.openai.com/docs/api-reference/chat/create">reference</a>
     */
    OPENAI {
        @Override
        public String maxTokensField() {
            return "max_completion_tokens";
        }

        @Override
        public void writeRequest(JsonGenerator json, ChatRequest request) throws IOException {
            Thinking thinking = request.abilities().thinking();
            if (thinking != null) {
                json.writeStringField("reasoning_effort", effort(thinking));
            }
        }
    },

    /**
     * OpenRouter.
     *
     * @see <a href="https://openrouter.ai/docs/use-cases/reasoning-tokens">reasoning</a>
     */
    OPENROUTER {
        @Override
        public void writeRequest(JsonGenerator json, ChatRequest request) throws IOException {
            if (request.abilities().thinking() != null) {
                json.writeObjectFieldStart("reasoning");
                json.writeNumberField("max_tokens", request.abilities().thinkingBudget());
                json.writeEndObject();
            }
        }
    };

    private static String effort(Thinking thinking) {
        return thinking == Thinking.MAX ? Thinking.HIGH.label() : thinking.label();
    }
}
