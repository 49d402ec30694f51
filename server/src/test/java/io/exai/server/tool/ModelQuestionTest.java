package io.exai.server.tool;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.exai.persistence.conversation.Turn;
import io.exai.protocol.json.MalformedJson;
import io.exai.protocol.json.WireJson;
import io.exai.provider.actor.Priority;
import io.exai.provider.catalogue.Catalogue;
import io.exai.provider.catalogue.Model;
import io.exai.provider.chat.ChatMessage;
import io.exai.provider.chat.ChatRequest;
import io.exai.provider.chat.Thinking;
import io.exai.provider.router.Need;
import io.exai.provider.router.Preference;
import io.exai.server.setting.Settings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a model is asked in a conversation. */
class ModelQuestionTest {
    private static final Settings SETTINGS =
            Settings.load(null, ConfigFactory.parseString("exai.providers.sandbox.enabled = on"));
    private static final Catalogue CATALOGUE = Catalogue.load(SETTINGS.providers());
    private static final Tool CHAT =
            Toolbox.load("", SETTINGS.deadline()).find("chat").orElseThrow();

    private static final Duration LEFT = Duration.ofSeconds(20);
    private static final Catalogue BOTH = Catalogue.load(Settings.load(
                    null, ConfigFactory.parseString("exai.providers.vendors { kimi.api-key = k, glm.api-key = k }"))
            .providers());

    @Test
    void tellsTheModelWhatWasSaidBefore() throws Exception {
        ModelQuestion question =
                question("{\"prompt\":\"and now\"}").after(List.of(turn("one", "1"), turn("two", "2")));
        assertThat(question.request(CATALOGUE.preferred(), LEFT).messages())
                .extracting(ChatMessage::text)
                .containsExactly(CHAT.text(), "one", "1", "two", "2", "and now");
    }

    @Test
    void leavesOutTheOldestTurnsThatDoNotFitIntoHalfTheWindow() throws Exception {
        Model model = CATALOGUE.preferred();
        String half = "x".repeat(model.contextWindow());
        ModelQuestion question = question("{\"prompt\":\"now\"}")
                .after(List.of(turn("oldest", half), turn("older", half), turn("newest", "short")));
        assertThat(question.request(model, LEFT).messages())
                .extracting(ChatMessage::text)
                .doesNotContain("oldest")
                .contains("older", "newest");
    }

    @Test
    void keepsTheModelOfTheConversationUnlessAnotherIsNamed() throws Exception {
        List<Turn> said = List.of(new Turn("k", "chat", "kept-model", "q", "a", Instant.EPOCH));
        assertThat(question("{\"prompt\":\"p\"}").after(said).wanted()).isEqualTo("kept-model");
        assertThat(question("{\"prompt\":\"p\",\"model\":\"other\"}")
                        .after(said)
                        .wanted())
                .isEqualTo("other");
        assertThat(question("{\"prompt\":\"p\"}").wanted()).isEqualTo("auto");
    }

    @Test
    void asksWithWhatTheModelTakes() throws Exception {
        Model kimi = BOTH.find("kimi-k2").orElseThrow();
        var plain = question("{\"prompt\":\"p\"}").request(kimi, LEFT);
        assertThat(plain.temperature()).isEqualTo(0.6);
        assertThat(plain.maxTokens()).isEqualTo(8192);
        assertThat(plain.timeout()).isEqualTo(LEFT);
        assertThat(plain.abilities().thinking()).isNull();
        var warm = question("{\"prompt\":\"p\",\"temperature\":2,\"thinking_mode\":\"high\",\"use_websearch\":true}");
        assertThat(warm.request(kimi, LEFT).temperature()).isEqualTo(1);
        assertThat(warm.request(kimi, LEFT).abilities().webSearch()).isTrue();
        assertThat(warm.request(kimi, LEFT).abilities().thinking()).isNull();
        Model glm = BOTH.find("glm-4.6").orElseThrow();
        assertThat(warm.request(glm, LEFT).abilities().thinking()).isEqualTo(Thinking.HIGH);
        assertThat(warm.request(glm, LEFT).abilities().thinkingBudget()).isEqualTo(21_955);
    }

    @Test
    void leavesRoomForAnAnswerInASmallWindow() throws Exception {
        Model small = BOTH.find("moonshot-v1-8k").orElseThrow();
        String prompt = "x".repeat(4 * 7_500);
        ChatRequest request = question("{\"prompt\":\"" + prompt + "\"}").request(small, LEFT);
        assertThat(request.maxTokens()).isBetween(256, 692);
    }

    @Test
    void tellsWhatItNeeds() throws Exception {
        Need need = question("{\"prompt\":\"p\",\"thinking_mode\":\"max\",\"use_websearch\":true,"
                        + "\"images\":[\"https://x/y.png\"]}")
                .need();
        assertThat(need.preference()).isEqualTo(Preference.SPEED);
        assertThat(need.images()).isEqualTo(1);
        assertThat(need.thinking()).isTrue();
        assertThat(need.webSearch()).isTrue();
        assertThat(need.inputTokens()).isBetween(1_000L, 1_500L);
        var named = question("{\"prompt\":\"p\",\"thinking_mode\":\"max\",\"model\":\"glm-4.6\"}");
        assertThat(named.need().thinking()).isFalse();
    }

    private static ModelQuestion question(String arguments) throws MalformedJson {
        Job job = new Job("1", "s", "alice", "key", CHAT, arguments, false, false, CallContext.none(), Priority.NORMAL);
        return new ModelQuestion(job, WireJson.parse(arguments), List.of());
    }

    private static Turn turn(String question, String answer) {
        return new Turn(question, "chat", CATALOGUE.preferred().name(), question, answer, Instant.EPOCH);
    }
}
