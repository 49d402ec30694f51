package io.exai.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.exai.provider.chat.ChatOutcome;
import io.exai.provider.chat.ChatRequest;
import io.exai.provider.chat.Piece;
import io.exai.provider.chat.ProviderFailure;
import io.exai.provider.fixture.RawServer;
import io.exai.provider.fixture.Samples;
import io.exai.provider.http.HttpUpstream;
import io.exai.provider.setting.Route;
import java.io.IOException;
import java.net.Socket;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.jspecify.annotations.Nullable;

/** Asks a server through the adapter and collects the pieces of its answer. */
final class UpstreamProbe {
    static final String KEY = "sk-secret-0123456789";
    static final String DOCUMENT = """
            {"id":"1","choices":[{"index":0,"message":{"role":"assistant","content":"Hello","reasoning_content":"hm"},\
            "finish_reason":"length"}],"usage":{"prompt_tokens":5,"completion_tokens":7,\
            "prompt_tokens_details":{"cached_tokens":3}}}""";
    static final String EVENTS = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n";

    private final ActorTestKit kit;
    private final BlockingQueue<String> deltas = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> thoughts = new LinkedBlockingQueue<>();

    UpstreamProbe(ActorTestKit kit) {
        this.kit = kit;
    }

    BlockingQueue<String> deltas() {
        return deltas;
    }

    BlockingQueue<String> thoughts() {
        return thoughts;
    }

    void hear(Piece piece) {
        (piece.thought() ? thoughts : deltas).add(piece.text());
    }

    static void leave(Socket connection, CountDownLatch left) {
        try {
            RawServer.awaitLeave(connection);
        } catch (IOException reset) {
            assertThat(reset).isNotNull();
        }
        left.countDown();
    }

    ChatOutcome ask(String url, boolean stream) {
        return outcome(url, request(stream), KEY, Duration.ofSeconds(5));
    }

    ProviderFailure failure(String url, boolean stream) {
        ChatOutcome outcome = ask(url, stream);
        assertThat(outcome).isInstanceOf(ProviderFailure.class);
        return (ProviderFailure) outcome;
    }

    ChatOutcome outcome(String url, ChatRequest request, @Nullable String key, Duration silence) {
        var future =
                upstream(url, key, silence).open(request, this::hear).outcome().toCompletableFuture();
        assertThat(future).succeedsWithin(Samples.SOON);
        return future.join();
    }

    HttpUpstream upstream(String url, @Nullable String key, Duration silence) {
        var limits = new HttpUpstream.Limits(Duration.ofSeconds(5), silence, 100_000, 4);
        return HttpUpstream.create(
                new Route("kimi", url, key),
                new OpenAiFormat(Variants.COMPATIBLE),
                limits,
                Clock.systemUTC(),
                kit.system());
    }

    static ChatRequest request(boolean stream) {
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

    static String ok(String body) {
        return response(200, "", body);
    }

    static String response(int status, String headers, String body) {
        return "HTTP/1.1 " + status + " Status\r\nContent-Type: application/json\r\n" + headers + "Content-Length: "
                + body.length() + "\r\n\r\n" + body;
    }
}
