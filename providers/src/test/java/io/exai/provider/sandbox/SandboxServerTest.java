package io.exai.provider.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.exai.provider.fixture.SandboxSample;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SandboxServerTest {
    private static final ActorTestKit KIT = ActorTestKit.create();
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-05-04T03:02:01Z"), ZoneOffset.UTC);

    private final List<SandboxServer> started = new ArrayList<>();

    @AfterAll
    static void stopKit() {
        KIT.shutdownTestKit();
    }

    @AfterEach
    void stopServers() throws Exception {
        for (SandboxServer server : started) {
            server.stop().toCompletableFuture().get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void echoesTheLastUserMessagePlainlyLabelled() throws Exception {
        var client = start(new SandboxSample());
        var answer = SandboxClient.json(client.chat("two words", false));
        assertThat(answer.at("/choices/0/message/content").asText()).isEqualTo("[sandbox] You said: two words");
        assertThat(answer.at("/choices/0/finish_reason").asText()).isEqualTo("stop");
        assertThat(answer.at("/model").asText()).isEqualTo("any-model");
        assertThat(answer.at("/usage/prompt_tokens").asInt()).isEqualTo(4);
        assertThat(answer.at("/usage/completion_tokens").asInt()).isEqualTo(5);
        assertThat(answer.at("/created").asLong()).isEqualTo(CLOCK.instant().getEpochSecond());
    }

    @Test
    void echoesTwoThousandCharactersAtMost() throws Exception {
        var client = start(new SandboxSample());
        for (int length : List.of(1999, 2000, 2001)) {
            var answer = SandboxClient.json(client.chat("x".repeat(length), false));
            assertThat(answer.at("/choices/0/message/content").asText())
                    .hasSize("[sandbox] You said: ".length() + Math.min(length, 2000));
        }
    }

    @Test
    void streamsAWordAnEventThenItsUsageThenTheEndMark() throws Exception {
        var client = start(new SandboxSample());
        var response = client.chat("hi there", true);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
        assertThat(response.body().lines().filter(line -> line.contains("\"content\"")))
                .hasSize(5);
        assertThat(response.body())
                .contains("\"content\":\"hi \"", "\"content\":\"there\"", "\"finish_reason\":\"stop\"")
                .contains("\"choices\":[],\"usage\":{\"prompt_tokens\":4,\"completion_tokens\":5")
                .endsWith("data: [DONE]\n\n");
    }

    @ParameterizedTest
    @CsvSource({
        "/chat/completions, any, openai",
        "/v1/chat/completions, any, openai",
        "/v1/chat/completions, kimi-latest, kimi",
        "/v1/chat/completions, Moonshot-v1-8k, kimi",
        "/v1/chat/completions, glm-4.6, glm",
        "/kimi/v1/chat/completions, any, kimi",
        "/glm/v4/chat/completions, kimi-latest, glm",
        "/api/paas/v4/chat/completions, any, glm",
    })
    void tellsTheDialectByPathThenByModel(String path, String model, String dialect) throws Exception {
        var client = start(new SandboxSample());
        assertThat(client.post(path, SandboxClient.body(model, "hi", false)).statusCode())
                .isEqualTo(200);
        assertThat(client.requests().get(0).path("dialect").asText()).isEqualTo(dialect);
        assertThat(client.stats().at("/dialects/" + dialect + "/requests").asInt())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/models", "/v1/models", "/kimi/v1/models", "/glm/v4/models", "/api/paas/v4/models"})
    void listsItsModel(String path) throws Exception {
        var client = start(new SandboxSample());
        assertThat(client.get(path).body()).contains("\"id\":\"sandbox-echo\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/v2/models", "/v1/chat/completions", "/sandbox/nothing"})
    void knowsNoOtherEndpoint(String path) throws Exception {
        var client = start(new SandboxSample());
        var response = client.get(path);
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(SandboxClient.json(response).at("/error/message").asText()).contains("GET " + path);
    }

    @Test
    void remembersEveryRequestInOrderOfArrival() throws Exception {
        var client = start(new SandboxSample());
        client.chat("first", false);
        client.chat("second", true);
        client.post("/kimi/v1/chat/completions", "{");
        assertThat(client.get("/sandbox/requests").body().lines())
                .containsExactly(
                        line(1, "openai", "\"any-model\"", "\"first\"", false, "ok"),
                        line(2, "openai", "\"any-model\"", "\"second\"", true, "ok"),
                        line(3, "kimi", "null", "null", false, "invalid"));
    }

    @Test
    void remembersNoMoreThanItsLimit() throws Exception {
        var client = start(new SandboxSample().logLimit(2));
        for (int i = 1; i <= 3; i++) {
            client.chat("hi", false);
        }
        assertThat(client.requests())
                .extracting(line -> line.path("seq").asInt())
                .containsExactly(2, 3);
        assertThat(client.stats().path("requests").asInt()).isEqualTo(3);
    }

    @Test
    void countsTheMostThatEverRanAtOnce() throws Exception {
        var client = start(new SandboxSample().latency(Duration.ofMillis(300)));
        var answers = new ArrayList<CompletableFuture<?>>();
        for (int i = 0; i < 5; i++) {
            answers.add(client.postAsync("/glm/v4/chat/completions", SandboxClient.body("m", "hi", false)));
        }
        CompletableFuture.allOf(answers.toArray(CompletableFuture<?>[]::new)).get(20, TimeUnit.SECONDS);
        JsonNode stats = client.stats();
        assertThat(stats.path("maxInFlight").asInt()).isEqualTo(5);
        assertThat(stats.path("inFlight").asInt()).isZero();
        assertThat(stats.at("/dialects/glm/maxInFlight").asInt()).isEqualTo(5);
        assertThat(stats.at("/dialects/kimi/maxInFlight").asInt()).isZero();
    }

    @Test
    void takesItsTimeBeforeTheFirstByte() throws Exception {
        var client = start(new SandboxSample().latency(Duration.ofMillis(120)));
        long start = System.nanoTime();
        client.chat("hi", false);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(120));
    }

    @Test
    void streamsNoFasterThanItsTokenRate() throws Exception {
        var client = start(new SandboxSample().tokenRate(50));
        long start = System.nanoTime();
        client.chat("hi there you", true);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(100));
    }

    @Test
    void failsOnDemand() throws Exception {
        var client = start(new SandboxSample().errorRate(1));
        var response = client.chat("hi", true);
        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(SandboxClient.json(response).at("/error/type").asText()).isEqualTo("server_error");
        assertThat(client.outcomes()).containsExactly("error");
    }

    @Test
    void asksToSlowDownOnDemand() throws Exception {
        var client = start(new SandboxSample().rateLimitRate(1).retryAfter(Duration.ofMillis(1001)));
        var response = client.chat("hi", false);
        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(response.headers().firstValue("Retry-After")).contains("2");
        assertThat(client.outcomes()).containsExactly("rate-limited");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void breaksOffOnDemand(boolean stream) throws Exception {
        var client = start(new SandboxSample().breakRate(1));
        var response = client.chat("hi", stream);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isNotEmpty().doesNotContain("[DONE]", "usage");
        assertThat(client.outcomes()).containsExactly("broken");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void fallsSilentOnDemandUntilItsClientLeaves(boolean stream) throws Exception {
        var client = start(new SandboxSample().stallRate(1));
        leaveEarly(client, stream);
        awaitOutcomes(client, "stalled");
        assertThat(client.stats().path("inFlight").asInt()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void noticesAClientThatLeavesBeforeItsAnswer(boolean stream) throws Exception {
        var client = start(new SandboxSample().latency(Duration.ofMinutes(5)));
        leaveEarly(client, stream);
        awaitOutcomes(client, "cancelled");
        assertThat(client.requests().get(0).path("ended").isTextual()).isTrue();
    }

    @Test
    void noticesAClientThatLeavesInTheMiddleOfAStream() throws Exception {
        var client = start(new SandboxSample().tokenRate(0.1));
        leaveEarly(client, true);
        awaitOutcomes(client, "cancelled");
    }

    /** As daemons do that are killed: on a connection they used before, in good order or with a reset. */
    @ParameterizedTest
    @CsvSource({"false, false", "false, true", "true, false", "true, true"})
    void noticesAClientThatDiesOnAConnectionItUsedBefore(boolean stream, boolean reset) throws Exception {
        var client = start(new SandboxSample().latency(Duration.ofMillis(1500)));
        try (var socket = connect()) {
            send(socket, stream, "");
            awaitOutcomes(client, "ok");
            send(socket, stream, "");
            awaitOutcomes(client, "ok", "running");
            socket.setSoLinger(reset, 0);
        }
        awaitOutcomes(client, "ok", "cancelled");
        assertThat(client.stats().path("inFlight").asInt()).isZero();
    }

    @Test
    void countsARequestUntilItsClientHasLeft() throws Exception {
        var client = start(new SandboxSample().latency(Duration.ofMinutes(5)));
        try (var first = connect()) {
            send(first, false, "");
            awaitOutcomes(client, "running");
            assertThat(client.stats().path("inFlight").asInt()).isEqualTo(1);
            try (var second = connect()) {
                send(second, false, "");
                awaitOutcomes(client, "running", "running");
                assertThat(client.stats().path("inFlight").asInt()).isEqualTo(2);
            }
            awaitOutcomes(client, "running", "cancelled");
            assertThat(client.stats().path("inFlight").asInt()).isEqualTo(1);
        }
        awaitOutcomes(client, "cancelled", "cancelled");
        assertThat(client.stats().path("inFlight").asInt()).isZero();
        assertThat(client.stats().path("maxInFlight").asInt()).isEqualTo(2);
    }

    @Test
    void doesNotMistakeAClosedConnectionAfterTheAnswerForACancel() throws Exception {
        var client = start(new SandboxSample());
        for (boolean stream : new boolean[] {true, false}) {
            try (var socket = connect()) {
                send(socket, stream, "Connection: close\r\n");
                assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                        .startsWith("HTTP/1.1 200");
            }
        }
        assertThat(client.outcomes()).containsExactly("ok", "ok");
    }

    @Test
    void readsABodyThatComesInPieces() throws Exception {
        var client = start(new SandboxSample());
        assertThat(client.chat("x".repeat(2_000_000), false).statusCode()).isEqualTo(200);
    }

    @Test
    void refusesABodyThatNobodyCanHold() throws Exception {
        start(new SandboxSample());
        try (var socket = connect()) {
            String head = "POST /kimi/v1/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                    + "Content-Length: 200000000\r\n\r\n{";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
            socket.setSoTimeout(10_000);
            byte[] answer = socket.getInputStream().readNBytes("HTTP/1.1 413".length());
            assertThat(answer).asString(StandardCharsets.UTF_8).isEqualTo("HTTP/1.1 413");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{                                                                   | body",
                "[]                                                                  | body",
                "{'messages':[{'role':'user','content':'hi'}]}                       | model",
                "{'model':7,'messages':[{'role':'user','content':'hi'}]}             | model",
                "{'model':' ','messages':[{'role':'user','content':'hi'}]}           | model",
                "{'model':'m'}                                                       | messages",
                "{'model':'m','messages':[]}                                         | messages",
                "{'model':'m','messages':'hi'}                                       | messages",
                "{'model':'m','messages':[{'content':'hi'}]}                         | messages[0].role",
                "{'model':'m','messages':[{'role':'user'}]}                          | messages[0].content",
                "{'model':'m','messages':[{'role':'user','content':[{}]}]}           | messages[0].content[0].type",
                "{'model':'m','stream':1,'messages':[{'role':'user','content':'h'}]} | stream",
                "{'model':'m','stream_options':1,'messages':[]}                      | stream_options",
                "{'model':'m','temperature':3,'messages':[]}                         | temperature",
                "{'model':'m','temperature':'hot','messages':[]}                     | temperature",
                "{'model':'m','max_tokens':0,'messages':[]}                          | max_tokens",
                "{'model':'m','max_tokens':1.5,'messages':[]}                        | max_tokens",
            })
    void namesTheFieldThatIsWrong(String body, String field) throws Exception {
        var client = start(new SandboxSample());
        var response = client.post("/v1/chat/completions", body.replace('\'', '"'));
        assertThat(response.statusCode()).isEqualTo(400);
        JsonNode error = SandboxClient.json(response).path("error");
        assertThat(error.path("param").asText()).isEqualTo(field);
        assertThat(error.path("message").asText()).startsWith(field + ": expected ");
        assertThat(error.path("type").asText()).isEqualTo("invalid_request_error");
        assertThat(client.outcomes()).containsExactly("invalid");
    }

    @Test
    void readsTextInParts() throws Exception {
        var client = start(new SandboxSample());
        var response = client.post(
                "/v1/chat/completions",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"a b\"}]}]}");
        assertThat(response.body()).contains("[sandbox] You said: a b");
    }

    @Test
    void answersARequestThatCameTooEarly() throws Exception {
        start(new SandboxSample().latency(Duration.ofMillis(20)));
        try (var socket = connect()) {
            send(socket, false, "");
            send(socket, false, "Connection: close\r\n");
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .containsPattern("(?s)HTTP/1.1 200.*HTTP/1.1 200");
        }
    }

    @Test
    void failsToStartOnATakenPort() throws Exception {
        start(new SandboxSample());
        assertThat(SandboxServer.start(
                                KIT.system(), "127.0.0.1", started.get(0).port(), new SandboxSample().build(), CLOCK)
                        .toCompletableFuture())
                .failsWithin(Duration.ofSeconds(10));
    }

    private SandboxClient start(SandboxSample sample) throws Exception {
        var server = SandboxServer.start(KIT.system(), "127.0.0.1", 0, sample.build(), CLOCK)
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        started.add(server);
        return new SandboxClient(server.port());
    }

    private void leaveEarly(SandboxClient client, boolean stream) throws Exception {
        try (var socket = connect()) {
            send(socket, stream, "");
            awaitOutcomes(client, "running");
        }
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), started.get(0).port());
    }

    private static void send(Socket socket, boolean stream, String headers) throws IOException {
        String body = SandboxClient.body("m", "hi", stream);
        String request = "POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n" + headers
                + "Content-Length: " + body.length() + "\r\n\r\n" + body;
        socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
    }

    private static void awaitOutcomes(SandboxClient client, String... outcomes) {
        TestProbe<Object> probe = KIT.createTestProbe();
        probe.awaitAssert(Duration.ofSeconds(10), () -> {
            assertThat(outcomesOf(client)).containsExactly(outcomes);
            return true;
        });
    }

    private static List<String> outcomesOf(SandboxClient client) {
        try {
            return client.outcomes();
        } catch (Exception unreachable) {
            throw new AssertionError(unreachable);
        }
    }

    private static String line(int seq, String dialect, String model, String prompt, boolean stream, String outcome) {
        return "{\"seq\":" + seq
                + ",\"arrived\":\"2026-05-04T03:02:01Z\",\"ended\":\"2026-05-04T03:02:01Z\",\"dialect\":\""
                + dialect + "\",\"model\":" + model + ",\"idempotencyKey\":\"key-1\",\"prompt\":" + prompt
                + ",\"stream\":" + stream + ",\"outcome\":\"" + outcome + "\"}";
    }
}
