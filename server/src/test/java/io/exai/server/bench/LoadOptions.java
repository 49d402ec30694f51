package io.exai.server.bench;

import io.exai.server.bench.process.Server;
import java.util.ArrayList;
import java.util.List;

/** The options of a generator that runs against a server. */
final class LoadOptions {
    private static final List<String> CHAT = List.of("--tool", "chat", "--arguments", "{\"prompt\":\"Hello #\"}");

    private final List<String> options = new ArrayList<>();

    private LoadOptions(List<String> options) {
        this.options.addAll(options);
    }

    static LoadOptions of(Server server, int connections) {
        return new LoadOptions(
                List.of("--port=" + server.port(), "--connections=" + connections, "--pid=" + server.pid()));
    }

    LoadOptions timed(Plan plan) {
        return with("--warm-up=" + plan.warmUp(), "--duration=" + plan.seconds());
    }

    /** So many calls, for a minute and a half at most: compiled code takes its time on one processor. */
    LoadOptions warmUp(int calls) {
        return with("--warm-up=0", "--duration=90", "--calls=" + calls);
    }

    LoadOptions chat() {
        options.addAll(CHAT);
        return this;
    }

    LoadOptions with(String... more) {
        options.addAll(List.of(more));
        return this;
    }

    List<String> list() {
        return List.copyOf(options);
    }
}
