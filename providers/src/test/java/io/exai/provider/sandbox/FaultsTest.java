package io.exai.provider.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.exai.provider.fixture.SandboxSample;
import io.exai.provider.sandbox.fault.Fault;
import io.exai.provider.sandbox.fault.FaultRule;
import io.exai.provider.sandbox.wire.Dialect;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaultsTest {
    @RegisterExtension
    static final Sandboxes SANDBOXES = new Sandboxes();

    private static final String FAULTS = "/sandbox/faults";

    private SandboxClient client;

    @BeforeEach
    void start() throws Exception {
        client = SANDBOXES.start(new SandboxSample());
    }

    @Test
    void followsTheFirstRuleThatIsNotUsedUp() throws Exception {
        client.ask(
                FAULTS,
                "[{'count':1,'fault':{'kind':'status','status':503}},"
                        + "{'dialect':'kimi','fault':{'kind':'status','status':500}},"
                        + "{'model':'glm-x','fault':{'kind':'status','status':418,'body':'short and stout'}}]");
        assertThat(status("m")).isEqualTo(503);
        assertThat(status("m")).isEqualTo(200);
        assertThat(status("kimi-x")).isEqualTo(500);
        assertThat(status("kimi-x")).isEqualTo(500);
        assertThat(status("glm-x")).isEqualTo(418);
        JsonNode shown = SandboxClient.json(client.get(FAULTS));
        assertThat(shown).extracting(rule -> rule.path("used").asInt()).containsExactly(1, 2, 1);
        assertThat(shown.get(0).at("/fault/kind").asText()).isEqualTo("status");
        assertThat(client.send("DELETE", FAULTS, "").statusCode()).isEqualTo(200);
        assertThat(status("kimi-x")).isEqualTo(200);
        assertThat(client.outcomes()).containsExactly("error", "ok", "error", "error", "error", "ok");
    }

    @Test
    void happensToItsShare() throws Exception {
        SANDBOXES.latest().faults("[{\"share\":0.5,\"fault\":{\"kind\":\"blank\"}}]");
        for (int i = 0; i < 60; i++) {
            status("m");
        }
        assertThat(SANDBOXES.latest().faultUses().get(0).used()).isBetween(15, 45);
    }

    @ParameterizedTest
    @CsvSource({
        "openai, 429, /error/code, rate_limit_exceeded",
        "openai, 503, /error/type, server_error",
        "kimi, 403, /error/type, permission_denied_error",
        "kimi, 429, /error/type, rate_limit_reached_error",
        "glm, 429, /error/code, 1302",
        "glm, 500, /error/code, 500",
        "anthropic, 402, /error/type, billing_error",
        "anthropic, 413, /error/type, request_too_large",
        "minimax, 529, /error/type, overloaded_error",
    })
    void failsInTheVendorsWords(String vendor, int status, String at, String what) throws Exception {
        SANDBOXES
                .latest()
                .faults(List.of(FaultRule.always(new Fault.Status(status, "soon", null))
                        .forDialect(Dialect.valueOf(vendor.toUpperCase(Locale.ROOT)))));
        boolean messages = vendor.equals("anthropic") || vendor.equals("minimax");
        String path = vendor.equals("minimax") ? "/minimax/anthropic/v1" : '/' + vendor + "/v1";
        var response = client.ask(
                path.replace("/glm/v1", "/glm/v4") + (messages ? "/messages" : "/chat/completions"),
                "{'model':'m','max_tokens':9,'messages':[{'role':'user','content':'hi'}]}",
                "anthropic-version",
                "2023-06-01");
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Retry-After")).contains("soon");
        assertThat(SandboxClient.json(response).at(at).asText()).isEqualTo(what);
    }

    @Test
    void breaksOffAfterSoManyTokens() throws Exception {
        SANDBOXES.latest().faults(List.of(FaultRule.always(new Fault.Break(3))));
        var events = SandboxClient.events(client.chat("hi", true));
        assertThat(events).hasSize(3);
        assertThat(events.get(2).at("/choices/0/delta/content").asText()).isEqualTo("said: ");
        assertThat(client.outcomes()).containsExactly("broken");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void hangsUpBeforeTheResponse(boolean stream) {
        SANDBOXES.latest().faults(List.of(FaultRule.times(1, new Fault.Break(0))));
        assertThatThrownBy(() -> client.chat("hi", stream)).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void saysNothingBeforeTheResponse(boolean stream) throws Exception {
        SANDBOXES.latest().faults(List.of(FaultRule.always(new Fault.Stall(0))));
        var answer = client.postAsync("/v1/chat/completions", SandboxClient.body("m", "hi", stream));
        assertThatThrownBy(() -> answer.get(300, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        assertThat(client.outcomes()).containsExactly("running");
        answer.cancel(true);
    }

    @Test
    void takesItsTime() throws Exception {
        SANDBOXES.latest().faults(List.of(FaultRule.times(1, new Fault.Slow(150))));
        long start = System.nanoTime();
        assertThat(client.chat("hi", false).statusCode()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(150));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void answersWithoutABody(boolean stream) throws Exception {
        SANDBOXES.latest().faults(List.of(FaultRule.always(new Fault.Empty())));
        var response = client.chat("hi", stream);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
    }

    @Test
    void answersWithoutAText() throws Exception {
        SANDBOXES.latest().faults(List.of(FaultRule.always(new Fault.Blank())));
        assertThat(SandboxClient.json(client.chat("hi", false))
                        .at("/choices/0/message/content")
                        .asText("none"))
                .isEmpty();
        var streamed = client.chat("hi", true);
        assertThat(streamed.body()).endsWith("data: [DONE]\n\n").doesNotContain("content");
    }

    @Test
    void answersBrokenJson() throws Exception {
        SANDBOXES.latest().faults(List.of(FaultRule.always(new Fault.Garbage())));
        assertThatThrownBy(() -> SandboxClient.json(client.chat("hi", false)))
                .isInstanceOf(JsonProcessingException.class);
        assertThatThrownBy(() -> SandboxClient.events(client.chat("hi", true)))
                .isInstanceOf(JsonProcessingException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1023, 1024, 100_000})
    void answersAsMuchAsAsked(int bytes) throws Exception {
        SANDBOXES.latest().faults(List.of(FaultRule.always(new Fault.Huge(bytes))));
        assertThat(SandboxClient.json(client.chat("hi", false))
                        .at("/choices/0/message/content")
                        .asText())
                .hasSize(bytes);
        int streamed = SandboxClient.events(client.chat("hi", true)).stream()
                .mapToInt(
                        event -> event.at("/choices/0/delta/content").asText("").length())
                .sum();
        assertThat(streamed).isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ | body",
                "{} | rules",
                "[1] | rules[0]",
                "[{}] | rules[0].fault",
                "[{'x':1,'fault':{'kind':'empty'}}] | rules[0].x",
                "[{'dialect':'latin','fault':{'kind':'empty'}}] | rules[0].dialect",
                "[{'path':'files','fault':{'kind':'empty'}}] | rules[0].path",
                "[{'path':'/files','fault':{'kind':'blank'}}] | rules[0].fault.kind",
                "[{'count':-1,'fault':{'kind':'empty'}}] | rules[0].count",
                "[{'share':1.1,'fault':{'kind':'empty'}}] | rules[0].share",
                "[{'fault':{'kind':'odd'}}] | rules[0].fault.kind",
                "[{'fault':{'kind':'empty','after':1}}] | rules[0].fault.after",
                "[{'fault':{'kind':'status'}}] | rules[0].fault.status",
                "[{'fault':{'kind':'status','status':100}}] | rules[0].fault.status",
                "[{'fault':{'kind':'status','status':500,'retryAfter':'a\\nb'}}] | rules[0].fault.retryAfter",
                "[{'fault':{'kind':'stall'}}] | rules[0].fault.after",
                "[{'fault':{'kind':'slow','millis':-1}}] | rules[0].fault.millis",
                "[{'fault':{'kind':'huge','bytes':0}}] | rules[0].fault.bytes",
            })
    void namesTheFieldOfAWrongRule(String script, String field) throws Exception {
        SANDBOXES.latest().faults(List.of(FaultRule.always(new Fault.Blank())));
        var response = client.ask(FAULTS, script);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(SandboxClient.json(response).at("/error/message").asText()).startsWith(field + ": expected ");
        assertThat(SANDBOXES.latest().faultUses()).hasSize(1);
        assertThatThrownBy(() -> SANDBOXES.latest().faults(script.replace('\'', '"')))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(field);
    }

    private int status(String model) throws Exception {
        return client.post("/v1/chat/completions", SandboxClient.body(model, "hi", false))
                .statusCode();
    }
}
