package io.exai.provider.sandbox;

import io.exai.provider.fixture.HandClock;
import io.exai.provider.fixture.SandboxSample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Starts sandboxes for a test and stops them after it; their clock moves only by hand. */
final class Sandboxes implements AfterEachCallback, AfterAllCallback {
    private final List<SandboxServer> started = new ArrayList<>();
    private final ActorTestKit kit = ActorTestKit.create();
    private final HandClock clock = new HandClock();

    SandboxClient start(SandboxSample sample) throws Exception {
        var server = SandboxServer.start(kit.system(), "127.0.0.1", 0, sample.build(), clock)
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        started.add(server);
        return new SandboxClient(server.port());
    }

    /** The latest that was started. */
    Sandbox latest() {
        return started.get(started.size() - 1).sandbox();
    }

    void pass(Duration time) {
        clock.pass(time);
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        for (SandboxServer server : started) {
            server.stop().toCompletableFuture().get(10, TimeUnit.SECONDS);
        }
        started.clear();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        kit.shutdownTestKit();
    }
}
