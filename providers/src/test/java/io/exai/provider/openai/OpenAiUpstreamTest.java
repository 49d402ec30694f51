package io.exai.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.exai.provider.chat.ChatAnswer;
import io.exai.provider.chat.ChatOutcome;
import io.exai.provider.chat.ChatRequest;
import io.exai.provider.chat.ProviderFailure;
import io.exai.provider.chat.ProviderFailure.Kind;
import io.exai.provider.chat.Usage;
import io.exai.provider.fixture.RawServer;
import io.exai.provider.fixture.Samples;
import io.exai.provider.setting.Route;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The adapter against a server that says whatever bytes it likes. */
class OpenAiUpstreamTest {
    private static final String KEY = "sk-secret-0123456789";
    private static final String DOCUMENT = """
            {"id":"1","choices":[{"index":0,"message":{"role":"assistant","content":"Hello","reasoning_content":"hm"},\
            "finish_reason":"length"}],"usage":{"prompt_tokens":5,"completion_tokens":7,\
            "prompt_tokens_details":{"cached_tokens":3}}}""";
    private static final String EVENTS = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n";

    private static final ActorTestKit KIT = ActorTestKit.create();

    private final BlockingQueue<String> deltas = new LinkedBlockingQueue<>();

    @AfterAll
    static void stopKit() {
        KIT.shutdownTestKit();
    }

    @Test
    void readsADocument() throws Exception {
        try (var server = RawServer.saying(ok(DOCUMENT))) {
            assertThat(ask(server.url(), false))
                    .isEqualTo(new ChatAnswer("Hello", "hm", "kimi", "kimi-latest", "length", new Usage(5, 7, 3)));
        }
    }

    @Test
    void sendsHeadersAndBodyTheDialectAsksFor() throws Exception {
        try (var server = RawServer.saying(ok(DOCUMENT))) {
            ask(server.url() + "/", false);
            String sent = server.requests().poll(5, TimeUnit.SECONDS);
            assertThat(sent)
                    .startsWith("POST /v1/chat/completions HTTP/1.1\r\n")
                    .contains(
                            "Authorization: Bearer " + KEY,
                            "Idempotency-Key: call-1",
                            "Accept: application/json",
                            "Content-Type: application/json")
                    .endsWith(
                            "{\"model\":\"kimi-latest\",\"messages\":[{\"role\":\"system\",\"content\":\"Be brief.\"},"
                                    + "{\"role\":\"user\",\"content\":\"Say \\\"hi\\\"\"}],\"stream\":false,"
                                    + "\"temperature\":0.3,\"max_tokens\":8192}");
        }
    }

    @Test
    void asksForUsageInAStreamAndLeavesOutWhatIsNotSet() throws Exception {
        try (var server = RawServer.saying(EVENTS)) {
            var bare = new ChatRequest("k\r\ney", "m", List.of(), null, null, true, Samples.SOON);
            outcome(server.url(), bare, null, Duration.ofSeconds(5));
            assertThat(server.requests().poll(5, TimeUnit.SECONDS))
                    .doesNotContain("Authorization")
                    .contains("Idempotency-Key: k--ey", "Accept: text/event-stream")
                    .endsWith("{\"model\":\"m\",\"messages\":[],\"stream\":true,"
                            + "\"stream_options\":{\"include_usage\":true}}");
        }
    }

    @Test
    void passesTheTextOfAStreamOnAndAddsItUp() throws Exception {
        try (var server = RawServer.saying(EVENTS
                + "data: {\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}\n\n"
                + "data: {\"choices\":[{\"delta\":{\"reasoning_content\":\"hm\"}}]}\n\n"
                + ": still here\n\n"
                + "data: {\"choices\":[{\"delta\":{\"content\":\"Hel\"}}]}\n\n"
                + "data: {\"choices\":[{\"delta\":{\"content\":\"lo\"},\"finish_reason\":\"stop\"}]}\n\n"
                + "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2,\"cached_tokens\":1}}\n\n"
                + "data: [DONE]\n\n")) {
            assertThat(ask(server.url(), true))
                    .isEqualTo(new ChatAnswer("Hello", "hm", "kimi", "kimi-latest", "stop", new Usage(1, 2, 1)));
            assertThat(deltas).containsExactly("Hel", "lo");
        }
    }

    @Test
    void readsUsageInsideTheLastChoiceAndDoesWithoutTheEndMark() throws Exception {
        try (var server = RawServer.saying(EVENTS
                + "data: {\"choices\":[{\"delta\":{\"content\":\"Hi\"},\"finish_reason\":\"stop\","
                + "\"usage\":{\"prompt_tokens\":4,\"completion_tokens\":2}}]}\n\n")) {
            assertThat(ask(server.url(), true))
                    .isEqualTo(new ChatAnswer("Hi", null, "kimi", "kimi-latest", "stop", new Usage(4, 2, 0)));
        }
    }

    @Test
    void answersAtTheEndMarkThoughTheConnectionStaysOpen() throws Exception {
        var over = new CountDownLatch(1);
        try (var server = RawServer.start(connection -> {
            RawServer.write(
                    connection, EVENTS + "data: {\"choices\":[{\"delta\":{\"content\":\"Hi\"}}]}\n\ndata: [DONE]\n\n");
            RawServer.awaitLeave(connection);
            over.countDown();
        })) {
            assertThat(ask(server.url(), true)).isInstanceOf(ChatAnswer.class);
        }
    }

    @Test
    void takesADocumentForAStream() throws Exception {
        try (var server = RawServer.saying(ok(DOCUMENT))) {
            assertThat(ask(server.url(), true)).isInstanceOf(ChatAnswer.class);
            assertThat(deltas).containsExactly("Hello");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "400, INVALID_REQUEST",
        "401, UNAUTHORIZED",
        "402, INVALID_REQUEST",
        "403, UNAUTHORIZED",
        "404, INVALID_REQUEST",
        "408, TIMEOUT",
        "413, INVALID_REQUEST",
        "422, INVALID_REQUEST",
        "429, RATE_LIMITED",
        "500, UPSTREAM_ERROR",
        "502, UPSTREAM_ERROR",
        "503, UPSTREAM_ERROR",
        "529, UPSTREAM_ERROR",
        "302, BAD_ANSWER",
        "201, BAD_ANSWER",
    })
    void knowsAFailureByItsStatus(int status, Kind kind) throws Exception {
        String body = "{\"error\":{\"message\":\"because\\nof " + KEY + "\",\"type\":\"t\",\"code\":null}}";
        try (var server = RawServer.saying(response(status, "Retry-After: 7\r\n", body))) {
            ProviderFailure failure = failure(server.url(), false);
            assertThat(failure.kind()).isEqualTo(kind);
            assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(7));
            assertThat(failure.message())
                    .startsWith("kimi ")
                    .contains("because of ***")
                    .doesNotContain(KEY, "\n");
        }
    }

    @Test
    void quotesAPlainErrorBody() throws Exception {
        try (var server = RawServer.saying(response(502, "", "<h1>Bad gateway</h1>"))) {
            ProviderFailure failure = failure(server.url(), true);
            assertThat(failure.message()).isEqualTo("kimi answered 502: <h1>Bad gateway</h1>");
            assertThat(failure.retryAfter()).isNull();
        }
    }

    @Test
    void knowsARefusedConnection() throws Exception {
        int free;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        ProviderFailure failure = failure("http://127.0.0.1:" + free, false);
        assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(failure.message()).startsWith("kimi cannot be reached at http://127.0.0.1:" + free);
    }

    @Test
    void knowsAnUnknownHost() {
        assertThat(failure("http://nowhere.invalid/v1", false).kind()).isEqualTo(Kind.UNREACHABLE);
    }

    @Test
    void knowsAHostThatDoesNotSpeakTls() throws Exception {
        try (var server = RawServer.shouting("hello, who is there?")) {
            String url = server.url().replace("http:", "https:");
            assertThat(failure(url, false).kind()).isIn(Kind.UNREACHABLE, Kind.BROKEN_STREAM);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 200 OK\r\nContent-Le",
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{\"choices\":[",
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{\"choices\":[",
                "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n5\r\ndata:",
                EVENTS + "data: {\"choices\":[{\"delta\":{\"content\":\"Hi\"}}]} \n\ndata: {\"cho",
            })
    void knowsAnAnswerThatBreaksOff(String bytes) throws Exception {
        try (var server = RawServer.saying(bytes)) {
            ProviderFailure failure = failure(server.url(), true);
            assertThat(failure.kind()).as(failure.message()).isEqualTo(Kind.BROKEN_STREAM);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SMTP ready\r\n\r\n",
                "HTTP/1.1 9x9 Weird\r\n\r\n",
                "HTTP/1.1 99999 Weird\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 8\r\n\r\n{broken}",
                "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5\r\n\r\n<p>hi",
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 4\r\n\r\n[[]]",
                "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: {broken\n\n",
            })
    void knowsAnAnswerThatIsNone(String bytes) throws Exception {
        try (var server = RawServer.saying(bytes)) {
            ProviderFailure failure = failure(server.url(), true);
            assertThat(failure.kind()).as(failure.message()).isEqualTo(Kind.BAD_ANSWER);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 41\r\n\r\n"
                        + "{\"choices\":[{\"message\":{\"content\":\" \"}}]}",
                "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: [DONE]\n\n",
                EVENTS + "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]} \n\n",
            })
    void neverPassesAnEmptyAnswerOn(String bytes) throws Exception {
        try (var server = RawServer.saying(bytes)) {
            assertThat(failure(server.url(), true).kind()).isEqualTo(Kind.EMPTY_ANSWER);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "rate_limit_error, RATE_LIMITED",
        "invalid_request_error, INVALID_REQUEST",
        "server_error, UPSTREAM_ERROR",
    })
    void hearsAnErrorInsideAStreamAndInsideADocument(String type, Kind kind) throws Exception {
        String error = "{\"error\":{\"message\":\"no\",\"type\":\"" + type + "\"}}";
        try (var server = RawServer.saying(EVENTS + "data: " + error + "\n\n")) {
            assertThat(failure(server.url(), true).kind()).isEqualTo(kind);
        }
        try (var server = RawServer.saying(ok(error))) {
            assertThat(failure(server.url(), false).kind()).isEqualTo(kind);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void refusesAnAnswerAboveItsMaximumSize(boolean stream) throws Exception {
        String piece = "data: {\"choices\":[{\"delta\":{\"content\":\"" + "x".repeat(900) + "\"}}]}\n\n";
        String type = stream ? "text/event-stream" : "application/json";
        try (var server = RawServer.start(connection -> {
            RawServer.write(connection, "HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\n\r\n");
            RawServer.write(connection, piece.repeat(200));
            RawServer.awaitLeave(connection);
        })) {
            ProviderFailure failure = failure(server.url(), stream);
            assertThat(failure.kind()).isEqualTo(Kind.BAD_ANSWER);
            assertThat(failure.message()).isEqualTo("kimi sent an answer larger than max-answer-size = 100000");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{",
            })
    void givesUpASilentAnswerAndClosesItsConnection(String bytes) throws Exception {
        var left = new CountDownLatch(1);
        try (var server = RawServer.start(connection -> {
            RawServer.write(connection, bytes);
            leave(connection, left);
        })) {
            ChatOutcome outcome = outcome(server.url(), request(true), KEY, Duration.ofMillis(100));
            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            ProviderFailure.class,
                            failure -> assertThat(failure.kind()).isEqualTo(Kind.STALLED));
            assertThat(left.await(5, TimeUnit.SECONDS)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: {}\n\n"})
    void closesTheConnectionOfACancelledExchange(String bytes) throws Exception {
        var asked = new CountDownLatch(1);
        var left = new CountDownLatch(1);
        try (var server = RawServer.start(connection -> {
            RawServer.write(connection, bytes);
            asked.countDown();
            leave(connection, left);
        })) {
            var exchange = upstream(server.url(), KEY, Duration.ofSeconds(5)).open(request(true), deltas::add);
            assertThat(asked.await(5, TimeUnit.SECONDS)).isTrue();
            exchange.cancel();
            assertThat(left.await(5, TimeUnit.SECONDS)).isTrue();
            assertThat(exchange.outcome().toCompletableFuture()).succeedsWithin(Samples.SOON);
            exchange.cancel();
        }
    }

    @Test
    void usesItsConnectionAgainAndClosesItInTheEnd() throws Exception {
        var served = new LinkedBlockingQueue<Integer>();
        var left = new CountDownLatch(1);
        try (var server = RawServer.start(connection -> {
            RawServer.write(connection, ok(DOCUMENT));
            for (int next = connection.getInputStream().read(); next == 'P'; next = -1) {
                served.add(next);
                RawServer.write(connection, ok(DOCUMENT));
            }
            leave(connection, left);
        })) {
            var upstream = upstream(server.url(), KEY, Duration.ofSeconds(5));
            for (int i = 0; i < 2; i++) {
                assertThat(upstream.open(request(false), deltas::add).outcome().toCompletableFuture())
                        .succeedsWithin(Samples.SOON)
                        .isInstanceOf(ChatAnswer.class);
            }
            assertThat(served).hasSize(1);
            upstream.close();
            assertThat(left.await(5, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void opensANewConnectionWhenTheVendorClosedTheOldOne() throws Exception {
        try (var server = RawServer.saying(response(200, "Connection: close\r\n", DOCUMENT))) {
            var upstream = upstream(server.url(), KEY, Duration.ofSeconds(5));
            for (int i = 0; i < 20; i++) {
                assertThat(upstream.open(request(false), deltas::add).outcome().toCompletableFuture())
                        .succeedsWithin(Samples.SOON)
                        .isInstanceOf(ChatAnswer.class);
            }
        }
    }

    @Test
    void failsRatherThanThrowsWhenItCannotConnectAtAll() {
        ActorTestKit ended = ActorTestKit.create();
        var limits = new OpenAiUpstream.Limits(Duration.ofSeconds(5), Duration.ofSeconds(5), 100_000, 4);
        var route = new Route("kimi", "http://127.0.0.1:9", null);
        var upstream = OpenAiUpstream.create(route, limits, Clock.systemUTC(), ended.system());
        ended.shutdownTestKit();
        var exchange = upstream.open(request(false), deltas::add);
        exchange.cancel();
        assertThat(exchange.outcome().toCompletableFuture())
                .succeedsWithin(Samples.SOON)
                .isInstanceOfSatisfying(
                        ProviderFailure.class,
                        failure -> assertThat(failure.kind()).isEqualTo(Kind.INTERNAL));
    }

    private static void leave(Socket connection, CountDownLatch left) {
        try {
            RawServer.awaitLeave(connection);
        } catch (IOException reset) {
            assertThat(reset).isNotNull();
        }
        left.countDown();
    }

    private ChatOutcome ask(String url, boolean stream) {
        return outcome(url, request(stream), KEY, Duration.ofSeconds(5));
    }

    private ProviderFailure failure(String url, boolean stream) {
        ChatOutcome outcome = ask(url, stream);
        assertThat(outcome).isInstanceOf(ProviderFailure.class);
        return (ProviderFailure) outcome;
    }

    private ChatOutcome outcome(String url, ChatRequest request, @Nullable String key, Duration silence) {
        var future =
                upstream(url, key, silence).open(request, deltas::add).outcome().toCompletableFuture();
        assertThat(future).succeedsWithin(Samples.SOON);
        return future.join();
    }

    private static OpenAiUpstream upstream(String url, @Nullable String key, Duration silence) {
        var limits = new OpenAiUpstream.Limits(Duration.ofSeconds(5), silence, 100_000, 4);
        return OpenAiUpstream.create(new Route("kimi", url, key), limits, Clock.systemUTC(), KIT.system());
    }

    private static ChatRequest request(boolean stream) {
        ChatRequest sample = Samples.request("call-1", "Say \"hi\"", stream, Samples.SOON);
        return new ChatRequest(
                "call-1",
                "kimi-latest",
                sample.messages(),
                sample.temperature(),
                sample.maxTokens(),
                stream,
                sample.timeout());
    }

    private static String ok(String body) {
        return response(200, "", body);
    }

    private static String response(int status, String headers, String body) {
        return "HTTP/1.1 " + status + " Status\r\nContent-Type: application/json\r\n" + headers + "Content-Length: "
                + body.length() + "\r\n\r\n" + body;
    }
}
