package io.exai.server.bench;

import io.exai.server.bench.process.Heap;
import io.exai.server.bench.process.LoadProcess;
import io.exai.server.bench.process.Server;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What a connected session that does nothing keeps on the heap, beyond what its socket keeps there anyway. */
final class IdleHeap implements Section {
    private static final int AIM_KB = 20;
    private static final int FIRST = 100;
    private static final int IN_FLIGHT = 24;

    @Override
    public List<Row> measure(Plan plan) throws Exception {
        var rows = new ArrayList<Row>();
        for (var sessions : plan.idle()) {
            try (var echo = Server.yardstick(plan.server(), EchoServer.class);
                    var daemon = Server.daemon(plan.server(), plan.jar(), IN_FLIGHT)) {
                rows.add(row(sessions, growth(plan, daemon, sessions), growth(plan, echo, sessions)));
            }
        }
        return rows;
    }

    private static Row row(int sessions, long daemon, long echo) {
        var kb = (daemon - echo) / 1024.0 / sessions;
        return new Row(
                "heap of an idle session, " + sessions + " connections",
                "%.1f KB a connection".formatted(daemon / 1024.0 / sessions),
                "%.1f KB a connection".formatted(echo / 1024.0 / sessions),
                "%.1f KB".formatted(kb),
                "< " + AIM_KB + " KB",
                Verdict.of(kb < AIM_KB));
    }

    /** Bytes that so many connections add. Some come and go before, so that classes and pools are there. */
    private static long growth(Plan plan, Server server, int connections) throws IOException, InterruptedException {
        try (var first = open(plan, server, FIRST)) {
            first.release();
        }
        var before = Heap.live(server.pid());
        try (var load = open(plan, server, connections)) {
            var after = Heap.live(server.pid());
            var open = load.release().open();
            if (open != connections) {
                throw new IOException(open + " connections stayed open (expected: " + connections + ")");
            }
            Progress.say("%d idle connections: heap %d KB before, %d KB with them", open, before >> 10, after >> 10);
            return after - before;
        }
    }

    private static LoadProcess open(Plan plan, Server server, int connections) throws IOException {
        return LoadProcess.idle(
                plan.generator(),
                LoadOptions.of(server, connections).with("--idle").list());
    }
}
