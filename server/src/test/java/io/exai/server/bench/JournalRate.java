package io.exai.server.bench;

import io.exai.server.bench.load.LoadReport;
import io.exai.server.bench.process.LoadProcess;
import io.exai.server.bench.process.Placement;
import io.exai.server.bench.process.Postgres;
import io.exai.server.bench.process.Rate;
import io.exai.server.bench.process.RawJournal;
import io.exai.server.bench.process.Server;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Calls of {@code chat} with all its events in the journal, against the events that the journal alone takes. Never pinned:
 * the journal writes with threads or processes of its own.
 */
final class JournalRate implements Section {
    private static final int FEW = 32;
    private static final int MANY = 256;
    private static final double AIM = 0.25;

    @Override
    public List<Row> measure(Plan plan) throws Exception {
        var rows = new ArrayList<Row>();
        try (var daemon = Server.daemon(Placement.ANYWHERE, plan.jar(), MANY)) {
            rows.addAll(compare(plan, daemon, "h2"));
        }
        var postgres = Postgres.start(Placement.ANYWHERE);
        if (postgres.isEmpty()) {
            rows.add(Row.without("`chat` on postgres", "skipped: no initdb, pg_ctl", Verdict.INFORMATION));
            return rows;
        }
        try (var running = postgres.get();
                var daemon = Server.daemon(Placement.ANYWHERE, plan.jar(), MANY, running.settings())) {
            rows.addAll(compare(plan, daemon, "postgres"));
        }
        return rows;
    }

    private static List<Row> compare(Plan plan, Server daemon, String journal)
            throws IOException, InterruptedException {
        var few = new Comparison("`chat` on " + journal + ", " + FEW + " connections", "events/s");
        var many = new Comparison("`chat` on " + journal + ", " + MANY + " connections", "events/s");
        var warmUp = LoadOptions.of(daemon, MANY).warmUp(plan.warmUpCalls()).chat();
        LoadProcess.run(Placement.ANYWHERE, warmUp.list());
        for (int round = 1; round <= plan.rounds(); round++) {
            var events = RawJournal.rates(Placement.ANYWHERE, journal, plan.journalSeconds());
            few.add(rate(events, FEW), run(plan, daemon, FEW));
            many.add(rate(events, MANY), run(plan, daemon, MANY));
        }
        return List.of(few.row(AIM), many.row());
    }

    private static LoadReport run(Plan plan, Server daemon, int connections) throws IOException, InterruptedException {
        var options = LoadOptions.of(daemon, connections).timed(plan).chat();
        return LoadProcess.run(Placement.ANYWHERE, options.list());
    }

    private static Rate rate(Map<Integer, Rate> events, int entities) throws IOException {
        var rate = events.get(entities);
        if (rate == null) {
            throw new IOException("no raw rate for " + entities + " entities");
        }
        return rate;
    }
}
