package io.exai.provider.sandbox.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressTest {
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "/v1/models, -, /models",
                "/kimi/v1/files, KIMI, /files",
                "/glm/v4/files/x, GLM, /files/x",
                "/glm/api/paas/v4/web_search, GLM, /web_search",
                "/api/paas/v4/chat/completions, GLM, /chat/completions",
                "/openai/v1/models, OPENAI, /models",
                "/anthropic/v1/messages, ANTHROPIC, /messages",
                "/minimax/anthropic/v1/messages, MINIMAX, /messages",
                "/v1, -, /v1",
                "/v10/models, -, /v10/models",
                "/, -, /",
            })
    void splitsThePath(String path, @Nullable Dialect dialect, String endpoint) {
        assertThat(Address.of(path)).isEqualTo(new Address(dialect, endpoint));
    }

    @Test
    void asksTheModelWhereThePathDoesNotTell() {
        Address chat = Address.of("/v1/chat/completions");
        assertThat(chat.dialectFor("GLM-4.6")).isEqualTo(Dialect.GLM);
        assertThat(chat.dialectFor("MiniMax-M2")).isEqualTo(Dialect.OPENAI);
        Address messages = Address.of("/v1/messages");
        assertThat(messages.dialectFor("MiniMax-M2")).isEqualTo(Dialect.MINIMAX);
        assertThat(messages.dialectFor("glm-4.6")).isEqualTo(Dialect.ANTHROPIC);
        assertThat(Address.of("/kimi/v1/chat/completions").dialectFor("glm-4.6"))
                .isEqualTo(Dialect.KIMI);
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/chat/completions, true",
        "/v1/messages, true",
        "/anthropic/v1/messages, true",
        "/anthropic/v1/chat/completions, false",
        "/kimi/v1/messages, false",
        "/kimi/v1/models, false",
    })
    void takesQuestionsInTheVendorsWordsOnly(String path, boolean chat) {
        assertThat(Address.of(path).isChat()).isEqualTo(chat);
    }
}
