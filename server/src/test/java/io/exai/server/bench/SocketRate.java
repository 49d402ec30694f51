package io.exai.server.bench;

import io.exai.server.bench.load.LoadReport;
import io.exai.server.bench.process.LoadProcess;
import io.exai.server.bench.process.Rate;
import io.exai.server.bench.process.Server;
import java.io.IOException;
import java.util.List;

/** Calls of a tool that is not journaled, against a socket that only echoes the same frames. */
final class SocketRate implements Section {
    private static final int FEW = 32;
    private static final int MANY = 256;
    private static final double AIM = 0.8;
    private static final int IN_FLIGHT = 24;

    @Override
    public List<Row> measure(Plan plan) throws Exception {
        try (var echo = Server.yardstick(plan.server(), EchoServer.class);
                var daemon = Server.daemon(plan.server(), plan.jar(), IN_FLIGHT)) {
            var calls = 4 * plan.warmUpCalls();
            run(plan, LoadOptions.of(echo, MANY).warmUp(calls).with("--echo"));
            run(plan, LoadOptions.of(daemon, MANY).warmUp(calls));
            return List.of(compare(plan, echo, daemon, FEW), compare(plan, echo, daemon, MANY));
        }
    }

    private static Row compare(Plan plan, Server echo, Server daemon, int connections)
            throws IOException, InterruptedException {
        var comparison = new Comparison("`version`, " + connections + " connections", "echoes/s");
        for (int round = 1; round <= plan.rounds(); round++) {
            var echoed = run(plan, LoadOptions.of(echo, connections).timed(plan).with("--echo"));
            var called = run(plan, LoadOptions.of(daemon, connections).timed(plan));
            comparison.add(new Rate(echoed.rate(), echoed.cpuMicros()), called);
        }
        return comparison.row(AIM);
    }

    private static LoadReport run(Plan plan, LoadOptions options) throws IOException, InterruptedException {
        return LoadProcess.run(plan.generator(), options.list());
    }
}
