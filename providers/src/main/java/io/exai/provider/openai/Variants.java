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
        public int maxTokens(ChatRequest request, int ofTheAnswer) {
            return ofTheAnswer + request.abilities().thinkingBudget();
        }

        /** Models that think have their own. */
        @Override
        public boolean takesTemperature(ChatRequest request) {
            return !request.model().matches("(gpt-5|o\\d).*");
        }

        @Override
        public boolean namesResults() {
            return false;
        }

        @Override
        public void writeRequest(JsonGenerator json, ChatRequest request) throws IOException {
            Thinking thinking = request.abilities().thinking();
            if (thinking != null) {
                json.writeStringField("reasoning_effort", effort(request.model(), thinking));
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
        public int maxTokens(ChatRequest request, int ofTheAnswer) {
            return ofTheAnswer + request.abilities().thinkingBudget();
        }

        @Override
        public void writeRequest(JsonGenerator json, ChatRequest request) throws IOException {
            if (request.abilities().thinking() != null) {
                json.writeObjectFieldStart("reasoning");
                json.writeNumberField("max_tokens", request.abilities().thinkingBudget());
                json.writeEndObject();
            }
        }
    };

    /** From GPT-5.1 on the least is none at all; before GPT-5 it is low. */
    private static String effort(String model, Thinking thinking) {
        return switch (thinking) {
            case MINIMAL -> {
                if (model.startsWith("gpt-5.")) {
                    yield "none";
                }
                yield model.startsWith("gpt-5") ? thinking.label() : Thinking.LOW.label();
            }
            case MAX -> Thinking.HIGH.label();
            default -> thinking.label();
        };
    }
}
