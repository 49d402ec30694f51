package io.exai.server.bench.process;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.exai.server.bench.load.Load;
import io.exai.server.bench.load.LoadReport;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** The generator in a process of its own. */
public final class LoadProcess implements AutoCloseable {
    private static final Duration END_LIMIT = Duration.ofSeconds(30);

    private final JavaProcess process;

    private LoadProcess(JavaProcess process) {
        this.process = process;
    }

    /** Runs it to its end; the options are those of {@link Load}. */
    public static LoadReport run(Placement placement, List<String> options) throws IOException, InterruptedException {
        try (var load = new LoadProcess(JavaProcess.program(placement, Load.class, options))) {
            return load.report();
        }
    }

    /** Returns when all connections are open; they stay so until {@link #release}. */
    public static LoadProcess idle(Placement placement, List<String> options) throws IOException {
        var load = new LoadProcess(JavaProcess.program(placement, Load.class, options));
        load.expect(Load.OPEN);
        return load;
    }

    /** Ends a generator that idles and tells what became of its connections. */
    public LoadReport release() throws IOException, InterruptedException {
        process.endInput();
        return report();
    }

    @Override
    public void close() throws IOException {
        process.close();
    }

    private LoadReport report() throws IOException, InterruptedException {
        var line = process.output().readLine();
        process.await(END_LIMIT);
        return new ObjectMapper().readValue(line, LoadReport.class);
    }

    private void expect(String line) throws IOException {
        var heard = process.output().readLine();
        if (!line.equals(heard)) {
            throw process.gone("generator says " + heard + " (expected: " + line + ")");
        }
    }
}
