package io.exai.provider.http;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.OutgoingConnection;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.Uri;
import org.apache.pekko.http.javadsl.model.headers.UserAgent;
import org.apache.pekko.http.javadsl.settings.ClientConnectionSettings;
import org.apache.pekko.http.javadsl.settings.ParserSettings;
import org.apache.pekko.stream.javadsl.Flow;

/** Makes the flow that is one TCP or TLS connection to one host. */
public final class Transport {
    private Transport() {}

    public static Flow<HttpRequest, HttpResponse, CompletionStage<OutgoingConnection>> to(
            Uri address, Duration connectTimeout, ActorSystem<?> system) {
        var builder = Http.get(system)
                .connectionTo(address.host().address())
                .toPort(address.port())
                .withClientConnectionSettings(settings(connectTimeout, system));
        return address.getScheme().equalsIgnoreCase("https") ? builder.https() : builder.http();
    }

    /** Sizes and silences are bounded by the exchange, which can say what happened. */
    private static ClientConnectionSettings settings(Duration connectTimeout, ActorSystem<?> system) {
        ParserSettings parser = ParserSettings.forClient(system)
                .withMaxContentLength(Long.MAX_VALUE)
                .withMaxHeaderCount(256)
                .withMaxHeaderValueLength(32 * 1024)
                .withIllegalHeaderWarnings(false)
                .withModeledHeaderParsing(false);
        return ClientConnectionSettings.create(system.classicSystem())
                .withConnectingTimeout(connectTimeout)
                .withIdleTimeout(scala.concurrent.duration.Duration.Inf())
                .withUserAgentHeader(Optional.of(UserAgent.create("exai")))
                .withParserSettings(parser);
    }
}
