package io.exai.server.bench.resilience;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How many journaled calls three nodes answer where one could have had the whole machine; and where three could that know
 * nothing of each other, for three processes on few processors are in each other's way without any cluster.
 */
final class Throughput {
    private static final int ROUNDS = 3;
    private static final double AIM = 0.6;

    private Throughput() {}

    static List<Speed.Line> measure(Arena arena, Duration window) throws Exception {
        List<Long> one = new ArrayList<>();
        List<Long> apart = new ArrayList<>();
        List<Long> three = new ArrayList<>();
        try (Lone first = Lone.start(arena.postgres());
                Lone second = Lone.start(arena.postgres());
                Lone third = Lone.start(arena.postgres())) {
            Drive strangers = Drive.of(List.of(first, second, third));
            strangers.warmUp();
            for (int round = 0; round < ROUNDS; round++) {
                one.add(Math.round(first.drive().chat(Drive.CLIENTS, window).rate()));
                apart.add(Math.round(strangers.chat(Drive.CLIENTS, window).rate()));
                three.add(Math.round(Drive.of(arena).chat(Drive.CLIENTS, window).rate()));
            }
        }
        return List.of(
                new Speed.Line("`chat` on one node and on three", "calls/s", median(one), median(three), AIM, false),
                new Speed.Line(
                        "`chat` on three nodes without and with a cluster",
                        "calls/s",
                        median(apart),
                        median(three),
                        AIM,
                        false));
    }

    private static long median(List<Long> rates) {
        return Sample.of(rates).percentile(0.5);
    }
}
