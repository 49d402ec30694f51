package io.exai.provider.kimi;

import static org.assertj.core.api.Assertions.assertThat;

import io.exai.provider.chat.Abilities;
import io.exai.provider.chat.ChatRequest;
import io.exai.provider.fixture.Contract;
import io.exai.provider.fixture.Questions;
import io.exai.provider.openai.OpenAiFormat;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The headers of the context cache. */
class KimiTest {
    private static final String SAVED = "Msh-Context-Cache-Token-Saved";
    private static final String TOKEN = "Msh-Context-Cache-Token";

    private final OpenAiFormat format = new OpenAiFormat(new Kimi(Clock.systemUTC()));

    @Test
    void namesTheCacheOfAQuestionWithAScope() {
        Map<String, String> headers = headers(scoped("alice:chat"));
        assertThat(headers)
                .containsEntry("X-Msh-Context-Cache-Reset-TTL", "3600")
                .containsEntry("Msh-Trace-Mode", "on")
                .containsEntry("Idempotency-Key", "call-1")
                .doesNotContainKey(TOKEN);
        assertThat(headers.get("X-Msh-Context-Cache")).matches("[0-9a-f]{32}");
    }

    @Test
    void namesNoCacheForAQuestionWithoutAScope() {
        hear(Questions.plain("kimi-latest"), "token");
        assertThat(headers(Questions.plain("kimi-latest")).keySet()).noneMatch(name -> name.contains("Context-Cache"));
    }

    @Test
    void sendsTheTokenThatItWasGivenForTheSameBeginningInTheSameScope() {
        hear(scoped("alice:chat"), " token-1 ");
        hear(scoped("alice:chat"), "token-2");
        assertThat(headers(scoped("alice:chat"))).containsEntry(TOKEN, "token-2");
        assertThat(headers(scoped("bob:chat"))).doesNotContainKey(TOKEN);
    }

    @ParameterizedTest
    @CsvSource({"0, false", "1, true", "4095, true", "4096, true", "4097, false"})
    void leavesOutATokenThatNoHeaderTakes(int length, boolean sent) {
        hear(scoped("alice:chat"), "t".repeat(length));
        assertThat(headers(scoped("alice:chat")).containsKey(TOKEN)).isEqualTo(sent);
    }

    @Test
    void keepsTheTokensOfEachProviderApart() {
        hear(scoped("alice:chat"), "token");
        var other = new OpenAiFormat(new Kimi(Clock.systemUTC()));
        assertThat(Contract.headers(other.request("/v1", null, scoped("alice:chat"))))
                .doesNotContainKey(TOKEN);
    }

    private void hear(ChatRequest request, String token) {
        format.heard(request, HttpResponse.create().addHeader(RawHeader.create(SAVED, token)));
    }

    private Map<String, String> headers(ChatRequest request) {
        return Contract.headers(format.request("/v1", null, request));
    }

    private static ChatRequest scoped(String scope) {
        ChatRequest plain = Questions.plain("kimi-latest");
        return Questions.ask(plain.model(), plain.messages(), new Abilities(null, 0, false, List.of(), scope));
    }
}
