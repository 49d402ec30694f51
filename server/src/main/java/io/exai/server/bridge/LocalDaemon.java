package io.exai.server.bridge;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A daemon that the bridge starts, at most once, and waits for. */
final class LocalDaemon {
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Autostart how;
    private final URI url;
    private final String token;
    private final Loop loop;
    private final Consumer<String> notices;
    private final HttpClient http = HttpClient.newHttpClient();
    private boolean started;

    LocalDaemon(Autostart how, BridgeSettings settings, Loop loop, Consumer<String> notices) {
        this.how = how;
        this.url = settings.url();
        this.token = settings.token();
        this.loop = loop;
        this.notices = notices;
    }

    /** False when that was done before; else {@code then} runs when the daemon is ready, or will not be. */
    boolean start(Runnable then) {
        if (started) {
            return false;
        }
        started = true;
        try {
            Process process = how.start(url, token);
            notices.accept("started a daemon, process " + process.pid() + ", log in " + how.log());
            look(process, System.nanoTime() + PATIENCE.toNanos(), then);
            return true;
        } catch (IOException failed) {
            notices.accept("no daemon could be started: " + failed.getMessage());
            return false;
        }
    }

    private void look(Process process, long giveUp, Runnable then) {
        HttpRequest ready = HttpRequest.newBuilder(
                        URI.create("http://" + url.getHost() + ":" + Autostart.port(url) + "/ready"))
                .timeout(Duration.ofSeconds(5))
                .build();
        loop.when(
                http.sendAsync(ready, BodyHandlers.discarding()),
                (answer, failure) -> looked(answer == null ? null : answer.statusCode(), process, giveUp, then));
    }

    private void looked(@Nullable Integer status, Process process, long giveUp, Runnable then) {
        if (status != null && status == 200) {
            then.run();
        } else if (!process.isAlive()) {
            notices.accept("the daemon ended with status " + process.exitValue() + "; " + how.log() + " tells why");
            then.run();
        } else if (System.nanoTime() > giveUp) {
            notices.accept("the daemon is not ready after " + PATIENCE.toSeconds() + " seconds; see " + how.log());
            then.run();
        } else {
            loop.after(PAUSE, () -> look(process, giveUp, then));
        }
    }
}
