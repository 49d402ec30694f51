package io.exai.server.bench;

import io.exai.server.bench.process.Placement;
import io.exai.server.bench.process.Server;
import java.util.ArrayList;
import java.util.List;

/** The time from the start of the process, with an empty data folder, to the first 200 of {@code /ready}. */
final class StartUp implements Section {
    private static final double AIM_SECONDS = 4;
    private static final int IN_FLIGHT = 24;

    @Override
    public List<Row> measure(Plan plan) throws Exception {
        var seconds = new ArrayList<Double>();
        for (int start = 0; start < plan.starts(); start++) {
            try (var daemon = Server.daemon(Placement.ANYWHERE, plan.jar(), IN_FLIGHT)) {
                seconds.add(daemon.startUp().toMillis() / 1000.0);
            }
        }
        Progress.say("ready after %s s", seconds);
        var median = Median.of(seconds);
        return List.of(new Row(
                "start to ready, median of " + plan.starts(),
                "%.2f s".formatted(median),
                "",
                "",
                "< %.0f s".formatted(AIM_SECONDS),
                Verdict.of(median < AIM_SECONDS)));
    }
}
