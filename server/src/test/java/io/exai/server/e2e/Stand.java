package io.exai.server.e2e;

import io.exai.persistence.fixture.TemporaryFolder;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A daemon, and the sandbox it asks if it is to have one: for each test or, in a static field, for all of a class. */
public final class Stand implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {
    private final Map<String, String> environment;
    private final String[] options;
    private final String @Nullable [] sandboxOptions;
    private @Nullable TemporaryFolder data;
    private @Nullable SandboxProcess sandbox;
    private @Nullable DaemonProcess daemon;
    private boolean forAll;

    private Stand(Map<String, String> environment, String[] options, String @Nullable [] sandboxOptions) {
        this.environment = environment;
        this.options = options;
        this.sandboxOptions = sandboxOptions;
    }

    /** {@code options} are those of {@code exai serve}, beside port and data folder. */
    public static Stand of(Map<String, String> environment, String... options) {
        return new Stand(environment, options, null);
    }

    /** The same with a sandbox, which has those options. */
    Stand asking(String... newSandboxOptions) {
        return new Stand(environment, options, newSandboxOptions);
    }

    public int port() {
        return daemon().port();
    }

    public DaemonProcess daemon() {
        return Objects.requireNonNull(daemon);
    }

    SandboxProcess sandbox() {
        return Objects.requireNonNull(sandbox);
    }

    /** Where the daemon keeps what it is to remember. */
    TemporaryFolder data() {
        return Objects.requireNonNull(data);
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        forAll = true;
        start();
    }

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        if (!forAll) {
            start();
        }
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        if (!forAll) {
            stop();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        stop();
    }

    private void start() throws Exception {
        Map<String, String> variables = new HashMap<>(environment);
        if (sandboxOptions != null) {
            sandbox = SandboxProcess.start(sandboxOptions);
            variables.put("CUSTOM_API_URL", sandbox.url());
        }
        data = TemporaryFolder.create("exai-stand");
        daemon = DaemonProcess.start(data.path(), variables, options);
    }

    private void stop() throws Exception {
        if (sandbox != null) {
            sandbox.close();
        }
        if (daemon != null) {
            daemon.kill();
            data().delete();
            daemon.close();
        }
    }
}
