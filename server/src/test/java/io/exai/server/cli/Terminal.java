package io.exai.server.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/** Runs commands in this process and keeps what the last one printed. */
final class Terminal {
    private final List<String> always;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    /** Adds these arguments to each command. */
    Terminal(List<String> always) {
        this.always = List.copyOf(always);
    }

    /**
     * Returns the exit status. Commands choose what is logged, which is for the process that they usually are; here it is
     * for others too, and left as it was.
     */
    int run(String... arguments) {
        out.reset();
        err.reset();
        LoggerFactory.getLogger(Terminal.class);
        try {
            return ExaiCommand.run(
                    Stream.concat(Stream.of(arguments), always.stream()).toArray(String[]::new),
                    new PrintStream(out, true, UTF_8),
                    new PrintStream(err, true, UTF_8));
        } finally {
            System.getProperties().keySet().removeIf(key -> String.valueOf(key).startsWith("exai.log."));
        }
    }

    String out() {
        return out.toString(UTF_8);
    }

    String err() {
        return err.toString(UTF_8);
    }

    List<String> lines() {
        return out().lines().toList();
    }

    List<String> errors() {
        return err().lines().toList();
    }
}
