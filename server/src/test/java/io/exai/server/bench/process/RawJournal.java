package io.exai.server.bench.process;

import io.exai.persistence.bench.JournalBench;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The other yardstick: what the journal alone takes. */
public final class RawJournal {
    private RawJournal() {}

    /** Events by number of entities, as its second pass in one JVM finds them; the first one warms it up. */
    public static Map<Integer, Rate> rates(Placement placement, String journal, int seconds)
            throws IOException, InterruptedException {
        var rates = new HashMap<Integer, Rate>();
        var arguments = List.of(Integer.toString(seconds), journal, journal);
        try (var bench = JavaProcess.program(placement, JournalBench.class, arguments)) {
            for (var line : bench.output().lines().toList()) {
                var cells = List.of(line.split("\\s*\\|\\s*", -1));
                if (cells.size() > 7 && cells.get(1).equals(journal)) {
                    rates.put(Integer.valueOf(cells.get(2)), rate(cells.get(3), cells.get(7)));
                }
            }
            bench.await(Duration.ofSeconds(60));
        }
        return rates;
    }

    private static Rate rate(String perSecond, String cpuMicros) {
        return new Rate(Double.parseDouble(perSecond), Double.parseDouble(cpuMicros));
    }
}
