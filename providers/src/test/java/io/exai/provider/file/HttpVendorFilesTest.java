package io.exai.provider.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.exai.provider.chat.ProviderFailure;
import io.exai.provider.chat.ProviderFailure.Kind;
import io.exai.provider.fixture.RawServer;
import io.exai.provider.fixture.Reading;
import io.exai.provider.fixture.Samples;
import io.exai.provider.setting.Route;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpVendorFilesTest {
    private static final ActorTestKit KIT = ActorTestKit.create();
    private static final String FILE = "{\"id\":\"d1a2\",\"object\":\"file\",\"bytes\":5,\"created_at\":1763000000,"
            + "\"filename\":\"sky.txt\",\"purpose\":\"file-extract\",\"status\":\"ok\",\"status_details\":\"\"}";
    private static final StoredFile STORED =
            new StoredFile("d1a2", "sky.txt", 5, "file-extract", Instant.ofEpochSecond(1763000000), "ok");
    private static final ByteString CONTENT = ByteString.fromString("blue\n");

    @AfterAll
    static void stopKit() {
        KIT.shutdownTestKit();
    }

    @Test
    void uploadsAFileWithItsPurposeAsAForm() throws Exception {
        try (var server = RawServer.saying(ok(FILE))) {
            assertThat(ask(server, files -> files.upload("C:\\my \"sky\".txt", CONTENT, "file-extract")))
                    .isEqualTo(new Reply.Got<>(STORED));
            String sent = server.requests().poll(5, TimeUnit.SECONDS);
            assertThat(sent)
                    .startsWith("POST /v1/files HTTP/1.1\r\n")
                    .contains("Authorization: Bearer " + Reading.KEY + "\r\n")
                    .containsPattern("Content-Type: multipart/form-data; boundary=\"?exai-[0-9a-f-]{36}\"?\r\n")
                    .contains("name=\"purpose\"\r\n\r\nfile-extract\r\n--exai-")
                    .contains("name=\"file\"; filename=\"my _sky_.txt\"\r\n"
                            + "Content-Type: application/octet-stream\r\n\r\nblue\n\r\n--exai-")
                    .endsWith("--\r\n");
        }
    }

    @Test
    void listsFilesWithAndWithoutAnObjectAroundThem() throws Exception {
        for (String list : List.of("[" + FILE + "]", "{\"object\":\"list\",\"data\":[" + FILE + "]}")) {
            try (var server = RawServer.saying(ok(list))) {
                assertThat(ask(server, VendorFiles::list)).isEqualTo(new Reply.Got<>(List.of(STORED)));
                assertThat(server.requests().poll(5, TimeUnit.SECONDS)).startsWith("GET /v1/files HTTP/1.1\r\n");
            }
        }
    }

    @Test
    void findsReadsAndDeletesAFile() throws Exception {
        try (var server = RawServer.saying(ok(FILE))) {
            assertThat(ask(server, files -> files.find("d1a2"))).isEqualTo(new Reply.Got<>(STORED));
            assertThat(server.requests().poll(5, TimeUnit.SECONDS)).startsWith("GET /v1/files/d1a2 HTTP/1.1\r\n");
        }
        try (var server = RawServer.saying(ok("blue 😀"))) {
            assertThat(ask(server, files -> files.content("d1a2")))
                    .isEqualTo(new Reply.Got<>(ByteString.fromString("blue 😀")));
            assertThat(server.requests().poll(5, TimeUnit.SECONDS))
                    .startsWith("GET /v1/files/d1a2/content HTTP/1.1\r\n");
        }
        try (var server = RawServer.saying(ok("{\"id\":\"d1a2\",\"object\":\"file\",\"deleted\":true}"))) {
            assertThat(ask(server, files -> files.delete("d1a2"))).isEqualTo(new Reply.Got<>("d1a2"));
            assertThat(server.requests().poll(5, TimeUnit.SECONDS)).startsWith("DELETE /v1/files/d1a2 HTTP/1.1\r\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "../models", "a/b", "a?b", "a b", "a\r\nb", "%2e%2e"})
    void asksForNoFileWhoseIdIsAPath(String id) throws Exception {
        try (var server = RawServer.saying(ok(FILE))) {
            assertThat(kind(ask(server, files -> files.content(id)))).isEqualTo(Kind.INVALID_REQUEST);
            assertThat(kind(ask(server, files -> files.delete(id)))).isEqualTo(Kind.INVALID_REQUEST);
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void sendsNothingThatTheVendorWouldNotTake() throws Exception {
        try (var server = RawServer.saying(ok(FILE))) {
            assertThat(kind(ask(server, files -> files.upload("a", ByteString.emptyByteString(), "file-extract"))))
                    .isEqualTo(Kind.INVALID_REQUEST);
            assertThat(kind(ask(server, files -> files.upload("a", CONTENT, "assistants"))))
                    .isEqualTo(Kind.INVALID_REQUEST);
            assertThat(server.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP/1.1 404 No, NOT_FOUND",
        "HTTP/1.1 401 No, UNAUTHORIZED",
        "HTTP/1.1 413 No, INVALID_REQUEST",
        "HTTP/1.1 429 No, RATE_LIMITED",
        "HTTP/1.1 500 No, UPSTREAM_ERROR",
        "HTTP/1.1 302 No, BAD_ANSWER",
    })
    void saysWhyAVendorRefuses(String status, Kind kind) throws Exception {
        String body = "{\"error\":{\"message\":\"no\\n" + Reading.KEY + "\",\"type\":\"t\"}}";
        try (var server = RawServer.saying(ok(body).replace("HTTP/1.1 200 OK", status))) {
            Reply<?> reply = ask(server, files -> files.find("d1a2"));
            assertThat(kind(reply)).isEqualTo(kind);
            assertThat(message(reply)).contains("no ***").doesNotContain("\n", "the model");
        }
    }

    @Test
    void namesTheFileThatTheVendorDoesNotKnow() throws Exception {
        try (var server = RawServer.saying("HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n")) {
            assertThat(message(ask(server, files -> files.find("d1a2"))))
                    .isEqualTo("kimi does not know the file d1a2 (404)");
        }
    }

    @Test
    void endsWithAReasonWhateverTheVendorDoes() throws Exception {
        assertThat(asked("")).isEqualTo(Kind.BROKEN_STREAM);
        assertThat(asked("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{")).isEqualTo(Kind.BROKEN_STREAM);
        assertThat(asked(ok(""))).isEqualTo(Kind.BAD_ANSWER);
        assertThat(asked(ok("<html>"))).isEqualTo(Kind.BAD_ANSWER);
        assertThat(asked(ok("{\"object\":\"file\"}"))).isEqualTo(Kind.BAD_ANSWER);
        assertThat(asked(ok("x".repeat(10_001)))).isEqualTo(Kind.BAD_ANSWER);
        try (var server = RawServer.start(RawServer::awaitLeave)) {
            assertThat(kind(ask(server, VendorFiles::list, Duration.ofMillis(100))))
                    .isEqualTo(Kind.TIMEOUT);
        }
        var closed = RawServer.saying("");
        closed.close();
        assertThat(kind(ask(closed, VendorFiles::list))).isEqualTo(Kind.UNREACHABLE);
    }

    private static Kind asked(String response) throws IOException {
        try (var server = RawServer.saying(response)) {
            return kind(ask(server, files -> files.find("d1a2")));
        }
    }

    private static <T> Reply<T> ask(RawServer server, Function<VendorFiles, CompletionStage<Reply<T>>> question) {
        return ask(server, question, Duration.ofSeconds(5));
    }

    private static <T> Reply<T> ask(
            RawServer server, Function<VendorFiles, CompletionStage<Reply<T>>> question, Duration timeout) {
        var limits = new DirectCalls.Limits(Duration.ofSeconds(5), timeout, 10_000);
        var route = new Route("kimi", server.url(), Reading.KEY);
        var calls = DirectCalls.create(route, limits, Clock.systemUTC(), KIT.system());
        var reply = question.apply(new HttpVendorFiles(calls, FileRules.KIMI)).toCompletableFuture();
        assertThat(reply).succeedsWithin(Samples.SOON);
        return reply.join();
    }

    private static String ok(String body) {
        return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
                + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body;
    }

    private static Kind kind(Reply<?> reply) {
        return failure(reply).kind();
    }

    private static String message(Reply<?> reply) {
        return failure(reply).message();
    }

    private static ProviderFailure failure(Reply<?> reply) {
        assertThat(reply).isInstanceOf(Reply.Failed.class);
        return ((Reply.Failed<?>) reply).why();
    }
}
