package io.exai.server.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.exai.protocol.json.WireJson;
import io.exai.protocol.jsonrpc.RpcError;
import io.exai.server.e2e.Await;
import io.exai.server.setting.Settings;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A body of which a part never comes; time is in the hands of the test. */
@Timeout(60)
class SlowBodyTest {
    private final ActorTestKit kit = ActorTestKit.create(ManualTime.config().withFallback(ConfigFactory.load()));
    private final ManualTime time = ManualTime.get(kit.system());
    private final StreamableHttp http = new StreamableHttp(
            EdgeFixture.parts(
                    Settings.load(null, ConfigFactory.parseString("exai.providers.sandbox.enabled = on")),
                    2_000,
                    new FakeGate()),
            new Connections(),
            kit.system());

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    @Test
    void isGivenUpAfterHalfAMinute() throws Exception {
        CompletableFuture<HttpResponse> answer =
                http.handle(halfABody(), "alice").toCompletableFuture();

        time.timePasses(Duration.ofSeconds(29));
        assertThat(answer).isNotDone();
        Await.until("it is given up", Duration.ofSeconds(20), () -> {
            time.timePasses(Duration.ofSeconds(2));
            return answer.isDone();
        });

        HttpResponse response = answer.get(1, TimeUnit.SECONDS);
        assertThat(response.status().intValue()).isEqualTo(408);
        String body = response.entity()
                .toStrict(1_000, kit.system())
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS)
                .getData()
                .utf8String();
        assertThat(WireJson.parse(body).path("error").path("code").asInt()).isEqualTo(RpcError.INVALID_REQUEST);
        assertThat(WireJson.parse(body).has("id")).isFalse();
    }

    private static HttpRequest halfABody() {
        Source<ByteString, NotUsed> half = Source.single(ByteString.fromString("{\"jsonrpc\""));
        return HttpRequest.POST("/mcp")
                .withEntity(HttpEntities.createChunked(ContentTypes.APPLICATION_JSON, half.concat(Source.maybe())));
    }
}
