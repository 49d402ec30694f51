package io.exai.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.exai.provider.chat.ChatOutcome;
import io.exai.provider.chat.ProviderFailure;
import io.exai.provider.chat.ProviderFailure.Kind;
import io.exai.provider.fixture.RawServer;
import io.exai.provider.fixture.Samples;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The adapter against servers that refuse, break off, fall silent or talk nonsense. */
class VendorFailureTest {
    private static final ActorTestKit KIT = ActorTestKit.create();

    private final UpstreamProbe probe = new UpstreamProbe(KIT);

    @AfterAll
    static void stopKit() {
        KIT.shutdownTestKit();
    }

    @ParameterizedTest
    @CsvSource({
        "400, INVALID_REQUEST",
        "401, UNAUTHORIZED",
        "402, NO_BALANCE",
        "403, UNAUTHORIZED",
        "404, NOT_FOUND",
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
        String body =
                "{\"error\":{\"message\":\"because\\nof " + UpstreamProbe.KEY + "\",\"type\":\"t\",\"code\":null}}";
        try (var server = RawServer.saying(UpstreamProbe.response(status, "Retry-After: 7\r\n", body))) {
            ProviderFailure failure = probe.failure(server.url(), false);
            assertThat(failure.kind()).isEqualTo(kind);
            assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(7));
            assertThat(failure.message())
                    .startsWith("kimi ")
                    .contains("because of ***")
                    .doesNotContain(UpstreamProbe.KEY, "\n");
        }
    }

    @Test
    void quotesAPlainErrorBody() throws Exception {
        try (var server = RawServer.saying(UpstreamProbe.response(502, "", "<h1>Bad gateway</h1>"))) {
            ProviderFailure failure = probe.failure(server.url(), true);
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
        ProviderFailure failure = probe.failure("http://127.0.0.1:" + free, false);
        assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(failure.message()).startsWith("kimi cannot be reached at http://127.0.0.1:" + free);
    }

    @Test
    void knowsAnUnknownHost() {
        assertThat(probe.failure("http://nowhere.invalid/v1", false).kind()).isEqualTo(Kind.UNREACHABLE);
    }

    @Test
    void knowsAHostThatDoesNotSpeakTls() throws Exception {
        try (var server = RawServer.shouting("hello, who is there?")) {
            String url = server.url().replace("http:", "https:");
            assertThat(probe.failure(url, false).kind()).isIn(Kind.UNREACHABLE, Kind.BROKEN_STREAM);
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
                UpstreamProbe.EVENTS + "data: {\"choices\":[{\"delta\":{\"content\":\"Hi\"}}]} \n\ndata: {\"cho",
            })
    void knowsAnAnswerThatBreaksOff(String bytes) throws Exception {
        try (var server = RawServer.saying(bytes)) {
            ProviderFailure failure = probe.failure(server.url(), true);
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
            ProviderFailure failure = probe.failure(server.url(), true);
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
                UpstreamProbe.EVENTS + "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]} \n\n",
            })
    void neverPassesAnEmptyAnswerOn(String bytes) throws Exception {
        try (var server = RawServer.saying(bytes)) {
            assertThat(probe.failure(server.url(), true).kind()).isEqualTo(Kind.EMPTY_ANSWER);
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
        try (var server = RawServer.saying(UpstreamProbe.EVENTS + "data: " + error + "\n\n")) {
            assertThat(probe.failure(server.url(), true).kind()).isEqualTo(kind);
        }
        try (var server = RawServer.saying(UpstreamProbe.ok(error))) {
            assertThat(probe.failure(server.url(), false).kind()).isEqualTo(kind);
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
            ProviderFailure failure = probe.failure(server.url(), stream);
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
            UpstreamProbe.leave(connection, left);
        })) {
            ChatOutcome outcome =
                    probe.outcome(server.url(), UpstreamProbe.request(true), UpstreamProbe.KEY, Duration.ofMillis(100));
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
            UpstreamProbe.leave(connection, left);
        })) {
            var exchange = probe.upstream(server.url(), UpstreamProbe.KEY, Duration.ofSeconds(5))
                    .open(UpstreamProbe.request(true), probe::hear);
            assertThat(asked.await(5, TimeUnit.SECONDS)).isTrue();
            exchange.cancel();
            assertThat(left.await(5, TimeUnit.SECONDS)).isTrue();
            assertThat(exchange.outcome().toCompletableFuture()).succeedsWithin(Samples.SOON);
            exchange.cancel();
        }
    }
}
