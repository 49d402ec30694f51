package io.exai.server.edge;

import io.exai.server.health.Health;
import io.exai.server.metric.Scrape;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;

/** What is told without a token, and under any name, to those who watch the daemon: health, readiness, metrics. */
public final class Monitoring {
    private static final Set<String> PATHS = Set.of("/health", "/ready", "/metrics");

    /** @see <a href="https://prometheus.io/docs/instrumenting/exposition_formats/">Exposition formats</a> */
    private static final ContentType METRICS = ContentTypes.parse("text/plain; version=0.0.4; charset=utf-8");

    private final Health health;
    private final Scrape scrape;
    private final Executor executor;

    public Monitoring(Health health, Scrape scrape, Executor executor) {
        this.health = health;
        this.scrape = scrape;
        this.executor = executor;
    }

    boolean serves(String path) {
        return PATHS.contains(path);
    }

    /** Only for a path that it {@link #serves}. */
    CompletionStage<HttpResponse> handle(String path) {
        return switch (path) {
            case "/health" -> HttpReply.now(HttpReply.json(200, health.alive()));
            case "/ready" ->
                health.ready()
                        .thenApplyAsync(ready -> HttpReply.json(ready.isReady() ? 200 : 503, ready.body()), executor);
            default ->
                scrape.text().handleAsync((text, failure) -> failure == null ? metrics(text) : notGathered(), executor);
        };
    }

    private static HttpResponse metrics(Optional<String> text) {
        return text.map(page -> HttpResponse.create()
                        .withStatus(StatusCodes.OK)
                        .withEntity(HttpEntities.create(METRICS, page.getBytes(StandardCharsets.UTF_8))))
                .orElseGet(() -> HttpReply.error(404, "no metrics (exai.metrics.enabled is off)"));
    }

    private static HttpResponse notGathered() {
        return HttpReply.unavailable("the metrics were not gathered in time; try again soon");
    }
}
