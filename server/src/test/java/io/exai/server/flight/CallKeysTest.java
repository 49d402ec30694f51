package io.exai.server.flight;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.exai.provider.catalogue.Catalogue;
import io.exai.server.setting.Settings;
import io.exai.server.tool.Tool;
import io.exai.server.tool.Toolbox;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which calls are equal. */
class CallKeysTest {
    private static final Settings SETTINGS =
            Settings.load(null, ConfigFactory.parseString("exai.providers.sandbox.enabled = on"));
    private static final Catalogue CATALOGUE = Catalogue.load(SETTINGS.providers());
    private static final Tool CHAT =
            Toolbox.load("", SETTINGS.deadline()).find("chat").orElseThrow();
    private static final Optional<String> HELLO = key("alice", CHAT, "{\"prompt\":\"hello\"}");

    @Test
    void isADigestOfSixtyFourDigits() {
        assertThat(HELLO.orElseThrow()).matches("[0-9a-f]{64}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"model\":\"auto\",\"prompt\":\"hello\"}",
                "{ \"temperature\" : 0.50, \"prompt\" : \"hello\" }",
                "{\"prompt\":\"\\u0068ello\",\"temperature\":5e-1}"
            })
    void isTheSameForArgumentsThatMeanTheSame(String arguments) {
        assertThat(key("alice", CHAT, arguments)).isEqualTo(HELLO);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"prompt\":\"Hello\"}",
                "{\"prompt\":\"hello\",\"temperature\":0.51}",
                "{\"prompt\":\"hello\",\"model\":\"sandbox-echo\"}",
                "{\"prompt\":\"hello\",\"more\":[1]}"
            })
    void differsForOtherArguments(String arguments) {
        assertThat(key("alice", CHAT, arguments)).isPresent().isNotEqualTo(HELLO);
    }

    @Test
    void differsForAnotherPrincipalAndForAToolOfAnotherText() {
        assertThat(key("bob", CHAT, "{\"prompt\":\"hello\"}")).isPresent().isNotEqualTo(HELLO);
        Tool other = new Tool(CHAT.description(), CHAT.schema(), null, CHAT.policy(), CHAT.run(), "Be brief.");
        assertThat(key("alice", other, "{\"prompt\":\"hello\"}")).isPresent().isNotEqualTo(HELLO);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"prompt\":\"hello\",\"continuation_id\":\"new\"}",
                "{\"prompt\":\"hello\",\"continuation_id\":\"0123\"}",
                "{\"prompt\":\"hello\",\"model\":\"nobody-knows-it\"}"
            })
    void isNoneForAConversationOrAnUnknownModel(String arguments) {
        assertThat(key("alice", CHAT, arguments)).isEmpty();
    }

    @Test
    void isNoneForAToolThatDoesNotAllowIt() {
        Tool version = Toolbox.load("", SETTINGS.deadline()).find("version").orElseThrow();
        assertThat(key("alice", version, "{}")).isEmpty();
    }

    @Test
    void tellsNumbersFromTextsAndShortensThem() {
        assertThat(key("alice", CHAT, "{\"prompt\":\"hello\",\"n\":[1.0,1e2,-0.0]}"))
                .isEqualTo(key("alice", CHAT, "{\"n\":[1,100,0],\"prompt\":\"hello\"}"))
                .isNotEqualTo(key("alice", CHAT, "{\"n\":[\"1\",100,0],\"prompt\":\"hello\"}"));
    }

    private static Optional<String> key(String principal, Tool tool, String arguments) {
        return new CallKeys(CATALOGUE).of(principal, tool, arguments);
    }
}
