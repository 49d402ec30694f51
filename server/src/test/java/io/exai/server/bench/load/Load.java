package io.exai.server.bench.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The generator as a program; prints its report as one line of JSON. */
@Command(
        name = "load",
        showDefaultValues = true,
        description = "Closed-loop load on an MCP server over WebSocket, on the loopback interface.")
public final class Load implements Callable<Integer> {
    /** Printed by {@code --idle} when all connections are open. */
    public static final String OPEN = "open";

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(120);

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    @SuppressWarnings("UnusedVariable") // read by picocli
    private boolean help;

    @Option(names = "--port", required = true, description = "Port of the server; repeatable: connections in turn.")
    private List<Integer> ports = List.of();

    @Option(names = "--path", description = "Path of the WebSocket.")
    private String path = "/mcp/ws";

    @Option(names = "--connections", description = "Connections, each a session of its own.")
    private int connections = 32;

    @Option(names = "--in-flight", description = "Calls of one connection at once.")
    private int inFlight = 1;

    @Option(names = "--warm-up", description = "Seconds before the measured time.")
    private double warmUp = 3;

    @Option(names = "--duration", description = "Seconds measured, at most.")
    private double duration = 10;

    @Option(names = "--calls", description = "Stop after so many calls; 0 for no such end.")
    private long calls;

    @Option(names = "--tool", description = "Tool to call.")
    private String tool = "version";

    @Option(names = "--arguments", description = "Its arguments, a JSON object.")
    private String arguments = "{}";

    @Option(names = "--echo", description = "The server sends back what it gets; echoes are counted.")
    private boolean echo;

    @Option(names = "--idle", description = "Open the connections, say so, call nothing until standard input ends.")
    private boolean idle;

    @Option(names = "--pid", description = "Process whose processors and memory to report; repeatable.")
    private List<Long> servers = List.of();

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Load()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        try (var generator = new Generator(plan())) {
            generator.connect(CONNECT_LIMIT);
            var report = idle ? idle(generator) : generator.run();
            System.out.println(new ObjectMapper().writeValueAsString(report));
            generator.drain();
        }
        return 0;
    }

    private LoadPlan plan() {
        return new LoadPlan(
                ports,
                path,
                connections,
                inFlight,
                seconds(warmUp),
                seconds(duration),
                calls,
                tool,
                arguments,
                echo,
                servers);
    }

    private static LoadReport idle(Generator generator) throws IOException {
        var ended = new AtomicBoolean();
        var input = new Thread(() -> awaitEnd(ended));
        input.setDaemon(true);
        input.start();
        System.out.println(OPEN);
        return generator.hold(ended::get);
    }

    private static void awaitEnd(AtomicBoolean ended) {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException gone) {
            System.err.println("standard input: " + gone.getMessage());
        }
        ended.set(true);
    }

    private static Duration seconds(double seconds) {
        return Duration.ofNanos(Math.round(seconds * 1e9));
    }
}
