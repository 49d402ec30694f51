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
import io.exai.server.setting.Settings;
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

    @Test
    void tellsTheModelWhatWasSaidBefore() throws Exception {
        ModelQuestion question =
                question("{\"prompt\":\"and now\"}").after(List.of(turn("one", "1"), turn("two", "2")));
        Model model = question.model(CATALOGUE).orElseThrow();
        assertThat(question.request(model).messages())
                .extracting(ChatMessage::text)
                .containsExactly(CHAT.text(), "one", "1", "two", "2", "and now");
    }

    @Test
    void leavesOutTheOldestTurnsThatDoNotFitIntoHalfTheWindow() throws Exception {
        Model model = CATALOGUE.preferred();
        String half = "x".repeat(model.contextWindow());
        ModelQuestion question = question("{\"prompt\":\"now\"}")
                .after(List.of(turn("oldest", half), turn("older", half), turn("newest", "short")));
        assertThat(question.request(model).messages())
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

    private static ModelQuestion question(String arguments) throws MalformedJson {
        Job job = new Job("1", "s", "alice", "key", CHAT, arguments, false, false, CallContext.none(), Priority.NORMAL);
        return new ModelQuestion(job, WireJson.parse(arguments), List.of());
    }

    private static Turn turn(String question, String answer) {
        return new Turn(question, "chat", CATALOGUE.preferred().name(), question, answer, Instant.EPOCH);
    }
}
