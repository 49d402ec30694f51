package io.exai.server.cli;

import io.exai.server.bridge.Autostart;
import io.exai.server.bridge.Bridge;
import io.exai.server.bridge.BridgeSettings;
import io.exai.server.bridge.Streams;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Serves MCP on standard input and output, by passing every message to a daemon and back. */
@Command(
        name = "stdio",
        defaultValueProvider = BridgeEnvironment.class,
        description = {
            "Serve MCP on standard input and output by passing every message to a daemon and back.",
            "When the connection is lost it is made again, and the client notices a pause and nothing else."
        },
        footer = {
            "",
            "Environment: EXAI_WS_HOST and EXAI_WS_PORT for --url, EXAI_WS_AUTOSTART, EXAI_DATA_DIR,",
            "EXAI_WS_CONNECT_TIMEOUT and EXAI_WS_MAX_BYTES for the options of these names; options win.",
            "EXAI_WS_TOKEN is the bearer token; EXAI_SESSION_ID names a session to resume."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:the client has left", "1:the daemon cannot be had", "2:wrong usage"})
final class StdioCommand implements Callable<Integer> {
    /** What a shutdown may take beside the lingering. */
    private static final Duration GOODBYE = Duration.ofSeconds(2);

    @Mixin
    private BridgeOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        BridgeSettings settings = options.settings(token());
        List<String> problems = settings.problems();
        if (!problems.isEmpty()) {
            throw misuse(problems.get(0));
        }
        Autostart autostart = options.autostart ? autostart(settings.url()) : null;
        PrintWriter err = spec.commandLine().getErr();
        System.setOut(System.err); // only messages go there
        CompletableFuture<Bridge> running = new CompletableFuture<>();
        Thread atExit = new Thread(() -> stop(running, settings.linger()), "exai-stop");
        Runtime.getRuntime().addShutdownHook(atExit); // before the client can hear that we are there
        Bridge bridge = Bridge.start(
                settings,
                autostart,
                new Streams(
                        System.in,
                        new FileOutputStream(FileDescriptor.out),
                        notice -> err.println("exai stdio: " + notice)));
        running.complete(bridge);
        ProcessHandle.current().parent().ifPresent(bridge::leaveWith);
        bridge.ended().get();
        return 0;
    }

    private static void stop(CompletableFuture<Bridge> running, Duration linger) {
        try {
            Bridge bridge = running.get(GOODBYE.toMillis(), TimeUnit.MILLISECONDS);
            if (!bridge.ended().isDone()) {
                bridge.leave();
            }
            bridge.ended().get(linger.plus(GOODBYE).toMillis(), TimeUnit.MILLISECONDS);
            Runtime.getRuntime().halt(0);
        } catch (Exception late) {
            Runtime.getRuntime().halt(1);
        }
    }

    private String token() {
        Path file = options.tokenFile;
        if (file == null) {
            return BridgeEnvironment.value("EXAI_WS_TOKEN", "");
        }
        try {
            return Files.readString(file).strip();
        } catch (IOException unreadable) {
            throw misuse("--token-file: " + file + " (expected: a file with a token that can be read)");
        }
    }

    private @Nullable Autostart autostart(URI url) throws URISyntaxException {
        if (!Autostart.isLocal(url)) {
            throw misuse("--autostart: " + url + " (expected: a loopback address with ws)");
        }
        Path jar = Path.of(StdioCommand.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        if (!Files.isRegularFile(jar)) {
            throw misuse("--autostart: " + jar + " (expected: to run out of the jar)");
        }
        return new Autostart(jar, options.dataDir);
    }

    private ParameterException misuse(String problem) {
        return new ParameterException(spec.commandLine(), problem);
    }
}
