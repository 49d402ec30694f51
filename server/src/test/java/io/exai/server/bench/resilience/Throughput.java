package io.exai.server.bench.resilience;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How many journaled calls three nodes answer where one could have had the whole machine. */
final class Throughput {
    private static final int ROUNDS = 3;
    private static final double AIM = 0.6;

    private Throughput() {}

    static Speed.Line measure(Arena arena, Duration window) throws Exception {
        List<Long> one = new ArrayList<>();
        List<Long> three = new ArrayList<>();
        try (Lone lone = Lone.start(arena.postgres())) {
            lone.drive().warmUp();
            for (int round = 0; round < ROUNDS; round++) {
                one.add(Math.round(lone.drive().chat(Drive.CLIENTS, window).rate()));
                three.add(Math.round(Drive.of(arena).chat(Drive.CLIENTS, window).rate()));
            }
        }
        return new Speed.Line("`chat` on one node and on three", "calls/s", median(one), median(three), AIM, false);
    }

    private static long median(List<Long> rates) {
        return Sample.of(rates).percentile(0.5);
    }
}
