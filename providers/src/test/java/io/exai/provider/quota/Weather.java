package io.exai.provider.quota;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.BiPredicate;

/** A network between simulated nodes that loses, doubles, delays and reorders what it carries. */
final class Weather {
    private record Parcel(String from, String to, long due, long number, Runnable delivery) {}

    private final Random random;
    private final PriorityQueue<Parcel> underWay =
            new PriorityQueue<>(Comparator.comparingLong(Parcel::due).thenComparingLong(Parcel::number));
    private long sent;
    private boolean fair;

    Weather(Random random) {
        this.random = random;
    }

    void clearUp() {
        fair = true;
    }

    void send(String from, String to, long now, Runnable delivery) {
        int copies = fair || random.nextInt(20) > 1 ? 1 : random.nextInt(3);
        for (int i = 0; i < copies; i++) {
            underWay.add(new Parcel(from, to, now + delay(), sent++, delivery));
        }
    }

    /** Delivers what is due; what crosses a cut is lost. */
    void deliver(long now, BiPredicate<String, String> connected) {
        while (!underWay.isEmpty() && underWay.peek().due() <= now) {
            Parcel parcel = underWay.poll();
            if (connected.test(parcel.from(), parcel.to())) {
                parcel.delivery().run();
            }
        }
    }

    private long delay() {
        long millis = fair || random.nextInt(50) > 0 ? random.nextInt(20) : random.nextInt(4_000);
        return millis * 1_000_000;
    }
}
