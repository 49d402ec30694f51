package io.exai.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.exai.provider.chat.ChatAnswer;
import io.exai.provider.chat.ChatRequest;
import io.exai.provider.chat.ProviderFailure;
import io.exai.provider.chat.ProviderFailure.Kind;
import io.exai.provider.chat.Usage;
import io.exai.provider.fixture.RawServer;
import io.exai.provider.fixture.Samples;
import io.exai.provider.http.HttpUpstream;
import io.exai.provider.setting.Route;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What the adapter sends, and how it reads answers and keeps connections. */
class OpenAiUpstreamTest {
    private static final ActorTestKit KIT = ActorTestKit.create();

    private final UpstreamProbe probe = new UpstreamProbe(KIT);

    @AfterAll
    static void stopKit() {
        KIT.shutdownTestKit();
    }

    @Test
    void readsADocument() throws Exception {
        try (var server = RawServer.saying(UpstreamProbe.ok(UpstreamProbe.DOCUMENT))) {
            assertThat(probe.ask(server.url(), false))
                    .isEqualTo(new ChatAnswer("Hello", "hm", "kimi", "kimi-latest", "length", new Usage(5, 7, 3)));
        }
    }

    @Test
    void sendsHeadersAndBodyTheDialectAsksFor() throws Exception {
        try (var server = RawServer.saying(UpstreamProbe.ok(UpstreamProbe.DOCUMENT))) {
            probe.ask(server.url() + "/", false);
            String sent = server.requests().poll(5, TimeUnit.SECONDS);
            assertThat(sent)
                    .startsWith("POST /v1/chat/completions HTTP/1.1\r\n")
                    .contains(
                            "Authorization: Bearer " + UpstreamProbe.KEY,
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
        try (var server = RawServer.saying(UpstreamProbe.EVENTS)) {
            var bare = new ChatRequest("k\r\ney", "m", List.of(), null, null, true, Samples.SOON);
            probe.outcome(server.url(), bare, null, Duration.ofSeconds(5));
            assertThat(server.requests().poll(5, TimeUnit.SECONDS))
                    .doesNotContain("Authorization")
                    .contains("Idempotency-Key: k--ey", "Accept: text/event-stream")
                    .endsWith("{\"model\":\"m\",\"messages\":[],\"stream\":true,"
                            + "\"stream_options\":{\"include_usage\":true}}");
        }
    }

    @Test
    void passesTheTextOfAStreamOnAndAddsItUp() throws Exception {
        try (var server = RawServer.saying(UpstreamProbe.EVENTS
                + "data: {\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}\n\n"
                + "data: {\"choices\":[{\"delta\":{\"reasoning_content\":\"hm\"}}]}\n\n"
                + ": still here\n\n"
                + "data: {\"choices\":[{\"delta\":{\"content\":\"Hel\"}}]}\n\n"
                + "data: {\"choices\":[{\"delta\":{\"content\":\"lo\"},\"finish_reason\":\"stop\"}]}\n\n"
                + "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2,\"cached_tokens\":1}}\n\n"
                + "data: [DONE]\n\n")) {
            assertThat(probe.ask(server.url(), true))
                    .isEqualTo(new ChatAnswer("Hello", "hm", "kimi", "kimi-latest", "stop", new Usage(1, 2, 1)));
            assertThat(probe.deltas()).containsExactly("Hel", "lo");
        }
    }

    @Test
    void readsUsageInsideTheLastChoiceAndDoesWithoutTheEndMark() throws Exception {
        try (var server = RawServer.saying(UpstreamProbe.EVENTS
                + "data: {\"choices\":[{\"delta\":{\"content\":\"Hi\"},\"finish_reason\":\"stop\","
                + "\"usage\":{\"prompt_tokens\":4,\"completion_tokens\":2}}]}\n\n")) {
            assertThat(probe.ask(server.url(), true))
                    .isEqualTo(new ChatAnswer("Hi", null, "kimi", "kimi-latest", "stop", new Usage(4, 2, 0)));
        }
    }

    @Test
    void answersAtTheEndMarkThoughTheConnectionStaysOpen() throws Exception {
        var over = new CountDownLatch(1);
        try (var server = RawServer.start(connection -> {
            RawServer.write(
                    connection,
                    UpstreamProbe.EVENTS
                            + "data: {\"choices\":[{\"delta\":{\"content\":\"Hi\"}}]}\n\ndata: [DONE]\n\n");
            RawServer.awaitLeave(connection);
            over.countDown();
        })) {
            assertThat(probe.ask(server.url(), true)).isInstanceOf(ChatAnswer.class);
        }
    }

    @Test
    void takesADocumentForAStream() throws Exception {
        try (var server = RawServer.saying(UpstreamProbe.ok(UpstreamProbe.DOCUMENT))) {
            assertThat(probe.ask(server.url(), true)).isInstanceOf(ChatAnswer.class);
            assertThat(probe.deltas()).containsExactly("Hello");
        }
    }

    @Test
    void usesItsConnectionAgainAndClosesItInTheEnd() throws Exception {
        var served = new LinkedBlockingQueue<Integer>();
        var left = new CountDownLatch(1);
        try (var server = RawServer.start(connection -> {
            RawServer.write(connection, UpstreamProbe.ok(UpstreamProbe.DOCUMENT));
            for (int next = connection.getInputStream().read(); next == 'P'; next = -1) {
                served.add(next);
                RawServer.write(connection, UpstreamProbe.ok(UpstreamProbe.DOCUMENT));
            }
            UpstreamProbe.leave(connection, left);
        })) {
            var upstream = probe.upstream(server.url(), UpstreamProbe.KEY, Duration.ofSeconds(5));
            for (int i = 0; i < 2; i++) {
                assertThat(upstream.open(UpstreamProbe.request(false), probe::hear)
                                .outcome()
                                .toCompletableFuture())
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
        try (var server =
                RawServer.saying(UpstreamProbe.response(200, "Connection: close\r\n", UpstreamProbe.DOCUMENT))) {
            var upstream = probe.upstream(server.url(), UpstreamProbe.KEY, Duration.ofSeconds(5));
            for (int i = 0; i < 20; i++) {
                assertThat(upstream.open(UpstreamProbe.request(false), probe::hear)
                                .outcome()
                                .toCompletableFuture())
                        .succeedsWithin(Samples.SOON)
                        .isInstanceOf(ChatAnswer.class);
            }
        }
    }

    @Test
    void failsRatherThanThrowsWhenItCannotConnectAtAll() {
        ActorTestKit ended = ActorTestKit.create();
        var limits = new HttpUpstream.Limits(Duration.ofSeconds(5), Duration.ofSeconds(5), 100_000, 4);
        var route = new Route("kimi", "http://127.0.0.1:9", null);
        var upstream = HttpUpstream.create(
                route, new OpenAiFormat(Variants.COMPATIBLE), limits, Clock.systemUTC(), ended.system());
        ended.shutdownTestKit();
        var exchange = upstream.open(UpstreamProbe.request(false), probe::hear);
        exchange.cancel();
        assertThat(exchange.outcome().toCompletableFuture())
                .succeedsWithin(Samples.SOON)
                .isInstanceOfSatisfying(
                        ProviderFailure.class,
                        failure -> assertThat(failure.kind()).isEqualTo(Kind.INTERNAL));
    }
}
