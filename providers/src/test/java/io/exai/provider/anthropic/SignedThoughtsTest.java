package io.exai.provider.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.exai.provider.chat.Abilities;
import io.exai.provider.chat.ChatMessage;
import io.exai.provider.chat.ChatRequest;
import io.exai.provider.chat.FunctionCall;
import io.exai.provider.chat.Role;
import io.exai.provider.chat.Thinking;
import io.exai.provider.fixture.Contract;
import io.exai.provider.fixture.Questions;
import io.exai.provider.fixture.Reading;
import io.exai.provider.fixture.WireVendor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Thinking between a call and its result. */
class SignedThoughtsTest {
    private static final String BLOCK = "{\"type\":\"thinking\",\"thinking\":\"Two.\",\"signature\":\"EqQB\"}";

    private final AnthropicFormat format = new AnthropicFormat();

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void sendsTheThoughtsBackInFrontOfTheCallsTheyLedTo(boolean stream) {
        hear(stream);
        JsonNode sent = Contract.body(format.request("", null, results(Thinking.LOW)));
        JsonNode turn = sent.path("messages").path(1).path("content");
        assertThat(turn.path(0).toString()).isEqualTo(BLOCK);
        assertThat(turn.path(1).toString()).isEqualTo("{\"type\":\"redacted_thinking\",\"data\":\"EmwK\"}");
        assertThat(turn.path(2).path("type").asText()).isEqualTo("tool_use");
        assertThat(turn).hasSize(4);
        assertThat(sent.path("thinking").path("budget_tokens").asInt()).isEqualTo(2560);
    }

    @Test
    void doesWithoutThinkingWhereTheThoughtsAreForgotten() {
        JsonNode sent = Contract.body(format.request("", null, results(Thinking.LOW)));
        assertThat(sent.has("thinking")).isFalse();
        assertThat(sent.path("max_tokens").asInt()).isEqualTo(8192);
        assertThat(sent.path("messages")
                        .path(1)
                        .path("content")
                        .path(0)
                        .path("type")
                        .asText())
                .isEqualTo("tool_use");
    }

    @Test
    void thinksAgainInTheNextTurn() {
        var messages = new ArrayList<>(Questions.results());
        messages.add(new ChatMessage(Role.ASSISTANT, "Sunny and wet."));
        messages.add(new ChatMessage(Role.USER, "Thanks."));
        JsonNode sent = Contract.body(format.request("", null, thinking(messages, Thinking.LOW)));
        assertThat(sent.path("thinking").path("budget_tokens").asInt()).isEqualTo(2560);
    }

    @ParameterizedTest
    @CsvSource({"255, true", "256, true", "257, false"})
    void forgetsTheLeastUsedBeyondItsMost(int kept, boolean known) {
        var thoughts = new SignedThoughts();
        IntStream.range(0, kept).forEach(i -> thoughts.keep(List.of(call("call-" + i)), List.of(BLOCK)));
        assertThat(thoughts.before(turn("call-0")).isPresent()).isEqualTo(known);
    }

    @ParameterizedTest
    @CsvSource({"1048575, true", "1048576, true", "1048577, false"})
    void keepsNoMoreThanItsLargest(int size, boolean known) {
        var thoughts = new SignedThoughts();
        thoughts.keep(List.of(call("a")), List.of("x".repeat(size)));
        assertThat(thoughts.before(turn("a")).isPresent()).isEqualTo(known);
    }

    @Test
    void keepsNothingWithoutACallThatCanBeKnownAgain() {
        var thoughts = new SignedThoughts();
        thoughts.keep(List.of(), List.of(BLOCK));
        thoughts.keep(List.of(call("")), List.of(BLOCK));
        thoughts.keep(List.of(call("a")), List.of());
        assertThat(thoughts.before(turn(""))).isEmpty();
        assertThat(thoughts.before(turn("a"))).isEmpty();
    }

    private void hear(boolean stream) {
        String call = "{\"type\":\"tool_use\",\"id\":\"call_1\",\"name\":\"weather\",\"input\":{}}";
        String redacted = "{\"type\":\"redacted_thinking\",\"data\":\"EmwK\"}";
        String body = "{\"content\":[" + BLOCK + ',' + redacted + ',' + call + "],\"stop_reason\":\"tool_use\"}";
        String empty = "{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}";
        String events = start(empty)
                + delta("{\"type\":\"thinking_delta\",\"thinking\":\"Tw\"}")
                + delta("{\"type\":\"thinking_delta\",\"thinking\":\"o.\"}")
                + delta("{\"type\":\"signature_delta\",\"signature\":\"EqQB\"}")
                + "data: {\"type\":\"content_block_stop\"}\n\n"
                + start(redacted)
                + start(call)
                + "data: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"tool_use\"}}\n\n";
        byte[] bytes = (stream ? events : body).getBytes(StandardCharsets.UTF_8);
        Reading.Opener opener = stream ? format::events : format::document;
        Reading reading = Reading.of(opener, Reading.origin(WireVendor.ANTHROPIC), Reading.MAX_SIZE, List.of(bytes));
        assertThat(reading.thought()).isEqualTo("Two.");
    }

    private static String start(String block) {
        return "data: {\"type\":\"content_block_start\",\"content_block\":" + block + "}\n\n";
    }

    private static String delta(String delta) {
        return "data: {\"type\":\"content_block_delta\",\"delta\":" + delta + "}\n\n";
    }

    private static ChatRequest results(Thinking thinking) {
        return thinking(Questions.results(), thinking);
    }

    private static ChatRequest thinking(List<ChatMessage> messages, Thinking thinking) {
        var abilities = new Abilities(thinking, 32_000, false, List.of(Questions.WEATHER), null);
        return Questions.ask("claude-sonnet-4-5", messages, abilities);
    }

    private static FunctionCall call(String id) {
        return new FunctionCall(id, "weather", "{}");
    }

    private static ChatMessage turn(String id) {
        return new ChatMessage(Role.ASSISTANT, "", List.of(), List.of(call(id)), null, null);
    }
}
