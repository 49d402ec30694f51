package io.exai.provider.kimi;

import static org.assertj.core.api.Assertions.assertThat;

import io.exai.provider.chat.Abilities;
import io.exai.provider.chat.ChatAnswer;
import io.exai.provider.chat.ChatMessage;
import io.exai.provider.chat.ChatOutcome;
import io.exai.provider.chat.ChatRequest;
import io.exai.provider.chat.FunctionCall;
import io.exai.provider.chat.ProviderFailure;
import io.exai.provider.chat.ProviderFailure.Kind;
import io.exai.provider.chat.Usage;
import io.exai.provider.fixture.Contract;
import io.exai.provider.fixture.Questions;
import io.exai.provider.fixture.RawServer;
import io.exai.provider.fixture.VendorProbe;
import io.exai.provider.fixture.WireVendor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The search that the model asks for and is shown its own arguments again. */
class WebSearchTest {
    private static final ActorTestKit KIT = ActorTestKit.create();
    private static final String ARGUMENTS = "{\\\"search_id\\\":\\\"a1\\\"}";
    private static final String SEARCH = answer(
            "\"content\":\"\",\"reasoning_content\":\"Look.\",\"tool_calls\":[{\"index\":0,\"id\":\"$web_search:0\","
                    + "\"type\":\"builtin_function\",\"function\":{\"name\":\"$web_search\",\"arguments\":\""
                    + ARGUMENTS + "\"}}]",
            "tool_calls");
    private static final String FOUND = answer("\"content\":\"Found.\"", "stop");

    private final VendorProbe probe = new VendorProbe(KIT, WireVendor.KIMI);

    @AfterAll
    static void stopKit() {
        KIT.shutdownTestKit();
    }

    @Test
    void showsTheSearchItsArgumentsAgainAndAddsUpWhatBothTook() throws Exception {
        try (var server = answering(SEARCH, FOUND)) {
            ChatOutcome outcome = probe.ask(server, searching());
            assertThat(outcome)
                    .isEqualTo(
                            new ChatAnswer("Found.", null, "kimi", "kimi-k2-thinking", "stop", new Usage(20, 10, 4)));
            String first = next(server);
            String second = next(server);
            assertThat(second)
                    .contains("{\"role\":\"assistant\",\"content\":\"\",\"tool_calls\":[{\"id\":\"$web_search:0\","
                            + "\"type\":\"function\",\"function\":{\"name\":\"$web_search\",\"arguments\":\""
                            + ARGUMENTS
                            + "\"}}],\"reasoning_content\":\"Look.\"}")
                    .contains("{\"role\":\"tool\",\"tool_call_id\":\"$web_search:0\",\"name\":\"$web_search\","
                            + "\"content\":\"" + ARGUMENTS + "\"}")
                    .contains("{\"type\":\"builtin_function\",\"function\":{\"name\":\"$web_search\"}}");
            assertThat(first).contains("Idempotency-Key: call-1\r\n").doesNotContain("\"role\":\"tool\"");
            assertThat(second).contains("Idempotency-Key: call-1-2\r\n");
        }
    }

    @Test
    void failsAsTheLaterStepDid() throws Exception {
        try (var server = answering(SEARCH, "HTTP/1.1 429 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")) {
            assertThat(probe.ask(server, searching()))
                    .isInstanceOfSatisfying(
                            ProviderFailure.class,
                            failure -> assertThat(failure.kind()).isEqualTo(Kind.RATE_LIMITED));
        }
    }

    @Test
    void givesUpAModelThatSearchesForEver() throws Exception {
        try (var server = RawServer.saying(SEARCH)) {
            assertThat(probe.ask(server, searching()))
                    .isEqualTo(new ProviderFailure(
                            Kind.BAD_ANSWER, "kimi came to no answer in 8 steps", null, "kimi", "kimi-k2-thinking"));
            assertThat(server.requests()).hasSize(8);
        }
    }

    @Test
    void leavesOtherCallsToTheCaller() throws Exception {
        String call = answer(
                "\"content\":\"\",\"tool_calls\":[{\"index\":0,\"id\":\"clock:0\",\"type\":\"function\","
                        + "\"function\":{\"name\":\"clock\",\"arguments\":\"{}\"}}]",
                "tool_calls");
        try (var server = RawServer.saying(call)) {
            assertThat(probe.ask(server, searching()))
                    .isInstanceOfSatisfying(
                            ChatAnswer.class,
                            answer -> assertThat(answer.calls()).hasSize(1));
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void showsASearchItsArgumentsThoughTheCallerAnswersItAmongOtherCalls() {
        var search = new FunctionCall("$web_search:0", "$web_search", "{\"search_id\":\"a1\"}");
        List<ChatMessage> messages =
                List.of(ChatMessage.result(search, "no such function"), ChatMessage.result(Questions.ROME, "sunny"));
        var sent = Contract.body(
                WireVendor.KIMI.format().request("", null, searching().with(messages)));
        assertThat(sent.path("messages").findValuesAsText("content"))
                .containsExactly("{\"search_id\":\"a1\"}", "sunny");
    }

    private static String next(RawServer server) throws InterruptedException {
        return String.valueOf(server.requests().poll(5, TimeUnit.SECONDS));
    }

    private static ChatRequest searching() {
        ChatRequest plain = Questions.plain("kimi-k2-thinking");
        return Questions.ask(
                plain.model(), plain.messages(), new Abilities(null, 0, true, List.of(Questions.CLOCK), null));
    }

    /** Each connection gets the next answer. */
    private static RawServer answering(String... answers) throws IOException {
        var left = new ConcurrentLinkedQueue<>(List.of(answers));
        return RawServer.start(connection -> RawServer.write(connection, left.remove()));
    }

    private static String answer(String message, String finishReason) {
        String body = "{\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\"," + message
                + "},\"finish_reason\":\"" + finishReason
                + "\"}],\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":5,\"cached_tokens\":2}}";
        return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: "
                + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body;
    }
}
