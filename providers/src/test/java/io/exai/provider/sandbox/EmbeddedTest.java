package io.exai.provider.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.exai.provider.fixture.SandboxSample;
import io.exai.provider.sandbox.fault.Fault;
import io.exai.provider.sandbox.fault.FaultRule;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class EmbeddedTest {
    private static final ActorTestKit KIT = ActorTestKit.create();

    @AfterAll
    static void stopKit() {
        KIT.shutdownTestKit();
    }

    @Test
    void completesWithoutAResponseToHangUp() throws Exception {
        var sandbox = Sandbox.of(new SandboxSample().build(), Clock.systemUTC());
        sandbox.faults(List.of(FaultRule.times(1, new Fault.Break(0))));
        assertThat(ask(sandbox.connection())).isEmpty();
        assertThat(ask(sandbox.connection()))
                .extracting(response -> response.status().intValue())
                .containsExactly(200);
        assertThat(sandbox.faultUses().get(0).used()).isEqualTo(1);
    }

    @Test
    void wantsNoKeyInsideTheProcessThatAsks() throws Exception {
        var settings = new SandboxSample().apiKey("key").build();
        assertThat(ask(SandboxServer.embedded(settings, Clock.systemUTC())))
                .extracting(response -> response.status().intValue())
                .containsExactly(200);
    }

    private static List<HttpResponse> ask(Flow<HttpRequest, HttpResponse, NotUsed> connection) throws Exception {
        var request = HttpRequest.POST("/v1/chat/completions")
                .withEntity(
                        ContentTypes.APPLICATION_JSON,
                        SandboxClient.body("m", "hi", false).getBytes(StandardCharsets.UTF_8));
        return Source.single(request)
                .concat(Source.maybe())
                .via(connection)
                .take(1)
                .runWith(Sink.seq(), KIT.system())
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }
}
