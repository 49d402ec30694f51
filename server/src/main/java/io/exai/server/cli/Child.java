package io.exai.server.cli;

import io.exai.server.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A process of this program, started as this one was, with a pipe by which it notices when we are gone. */
final class Child {
    /** Begins the line by which a child says who it is in its cluster. */
    static final String MEMBER = "member ";

    private final Process process;
    private volatile @Nullable String member;

    private Child(Process process) {
        this.process = process;
    }

    static Child start(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(arguments);
        Child child = new Child(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
        Thread reader = new Thread(child::read, "exai-child-out");
        reader.setDaemon(true);
        reader.start();
        return child;
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(MEMBER)) {
                    member = line.substring(MEMBER.length());
                } else {
                    System.out.println(line);
                }
            }
        } catch (IOException gone) {
            return; // with the process, which somebody waits for
        }
    }

    /** Empty until the child has said it. */
    Optional<String> member() {
        return Optional.ofNullable(member);
    }

    /** The exit status, when there is one. */
    int await() throws InterruptedException {
        return process.waitFor();
    }

    /** Asks the child to end, and makes it when it does not in time. */
    int stop(Duration patience) {
        process.destroy();
        try {
            if (process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                return process.exitValue();
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
        return 1;
    }
}
