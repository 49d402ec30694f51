package io.exai.provider.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.exai.provider.chat.ProviderFailure;
import io.exai.provider.chat.ProviderFailure.Kind;
import io.exai.provider.file.GlmSearch.Page;
import io.exai.provider.fixture.RawServer;
import io.exai.provider.fixture.Reading;
import io.exai.provider.fixture.Samples;
import io.exai.provider.setting.Route;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlmSearchTest {
    private static final ActorTestKit KIT = ActorTestKit.create();

    @AfterAll
    static void stopKit() {
        KIT.shutdownTestKit();
    }

    @Test
    void asksTheSearchEngineAndReadsItsPages() throws Exception {
        String found = "{\"id\":\"1\",\"created\":1763000000,\"request_id\":\"1\",\"search_intent\":[],"
                + "\"search_result\":[{\"title\":\"Sky\",\"link\":\"https://example.org\",\"media\":\"Example\","
                + "\"publish_date\":\"2025-11-01\",\"content\":\"blue\",\"icon\":\"\",\"refer\":\"ref_1\"},{}]}";
        try (var server = RawServer.saying("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + found)) {
            assertThat(ask(server, "blue \"sky\"", 10))
                    .isEqualTo(new Reply.Got<>(List.of(
                            new Page("Sky", "https://example.org", "Example", "2025-11-01", "blue"),
                            new Page("", "", "", "", ""))));
            assertThat(server.requests().poll(5, TimeUnit.SECONDS))
                    .startsWith("POST /v1/web_search HTTP/1.1\r\n")
                    .contains("Authorization: Bearer " + Reading.KEY, "Accept-Language: en-US,en")
                    .endsWith("{\"search_engine\":\"search_pro_jina\",\"search_query\":\"blue \\\"sky\\\"\","
                            + "\"count\":10,\"search_recency_filter\":\"oneWeek\",\"content_size\":\"medium\"}");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, false",
        "1, 1, true",
        "69, 1, true",
        "70, 50, true",
        "71, 1, false",
        "9, 0, false",
        "9, 51, false"
    })
    void sendsNoQueryThatTheVendorWouldNotTake(int length, int count, boolean sent) throws Exception {
        try (var server = RawServer.saying("HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n{\"search_result\":[]} ")) {
            Reply<List<Page>> reply = ask(server, "空".repeat(length), count);
            assertThat(reply instanceof Reply.Got).isEqualTo(sent);
            assertThat(server.requests()).hasSize(sent ? 1 : 0);
        }
    }

    @Test
    void knowsAnAccountWithoutMeans() throws Exception {
        String body = "{\"error\":{\"code\":\"1113\",\"message\":\"Insufficient balance\"}}";
        try (var server = RawServer.saying("HTTP/1.1 429 No\r\nConnection: close\r\n\r\n" + body)) {
            assertThat(ask(server, "sky", 1))
                    .isEqualTo(new Reply.Failed<>(new ProviderFailure(
                            Kind.NO_BALANCE, "glm wants to be paid (429): Insufficient balance", null, "glm", "")));
        }
    }

    private static Reply<List<Page>> ask(RawServer server, String query, int count) {
        var limits = new DirectCalls.Limits(Duration.ofSeconds(5), Duration.ofSeconds(5), 10_000);
        var route = new Route("glm", server.url(), Reading.KEY);
        var calls = DirectCalls.create(route, limits, Clock.systemUTC(), KIT.system());
        var reply = new GlmSearch(calls).find(query, count).toCompletableFuture();
        assertThat(reply).succeedsWithin(Samples.SOON);
        return reply.join();
    }
}
