package io.exai.server.bench.resilience;

import io.exai.server.e2e.JarProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Whether a daemon takes calls. */
final class Readiness {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private Readiness() {}

    static void await(int port, JarProcess daemon) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!is(port)) {
            if (System.nanoTime() > end) {
                throw new IOException("not ready: " + String.join("\n", daemon.errors()));
            }
            Thread.sleep(100);
        }
    }

    private static boolean is(int port) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/ready"))
                .timeout(Duration.ofSeconds(2))
                .build();
        try {
            return HTTP.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException nobody) {
            return false;
        }
    }
}
