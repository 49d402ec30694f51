package io.exai.server.flight;

import io.exai.server.flight.FlightReply.Began;
import io.exai.server.flight.FlightReply.Boarded;
import io.exai.server.flight.FlightReply.Landed;
import io.exai.server.flight.FlightReply.Said;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.jspecify.annotations.Nullable;

/** A random life of one key: joins, repeated joins, deaths, late and doubled reports, and nodes that are lost. */
final class FlightHistory {
    private static final Instant UNTIL = Instant.parse("2026-01-01T00:10:00Z");
    private static final int MOST_ABOARD = 6;

    private final FlightReply welcome =
            new Boarded("key", TestInbox.<FlightCommand>create().getRef());
    private final Random random;
    private final Set<String> waiting = new LinkedHashSet<>();
    private final Set<String> streaming = new LinkedHashSet<>();
    private final Set<String> seated = new LinkedHashSet<>();
    private final List<String> violations = new ArrayList<>();
    private FlightState<String> flight = new FlightState<>(key -> welcome);
    private @Nullable Integer searching;
    private @Nullable Integer running;
    private int passengers;
    private int turns;
    private int landed;
    private int aborted;

    FlightHistory(long seed) {
        random = new Random(seed);
    }

    void step() {
        switch (random.nextInt(13)) {
            case 0, 1, 2 -> join();
            case 3 -> somebody(passenger -> obey(flight.join(passenger, ticket(passenger))));
            case 4, 5, 6 -> somebody(this::leave);
            case 7 -> searched();
            case 8 -> reported();
            case 9 -> stale();
            case 10, 11 -> somebody(this::sit);
            default -> lost();
        }
        if (running != null && waiting.isEmpty()) {
            violations.add("a run for nobody");
        }
    }

    /** Lets what goes on end: nobody is left without an answer. */
    void end() {
        if (searching != null) {
            obey(flight.missed(searching));
        }
        List.copyOf(waiting).forEach(this::sit);
        if (running != null) {
            obey(flight.answered(running, "{}", UNTIL));
        }
        if (!waiting.isEmpty() || !flight.isIdle()) {
            violations.add("never answered: " + waiting);
        }
    }

    List<String> violations() {
        return violations;
    }

    int landed() {
        return landed;
    }

    int aborted() {
        return aborted;
    }

    private void join() {
        if (waiting.size() < MOST_ABOARD) {
            String passenger = "passenger " + ++passengers;
            if (random.nextBoolean()) {
                streaming.add(passenger);
            }
            waiting.add(passenger);
            obey(flight.join(passenger, ticket(passenger)));
        }
    }

    private void sit(String passenger) {
        seated.add(passenger);
        obey(flight.seated(passenger));
    }

    private void leave(String passenger) {
        waiting.remove(passenger);
        obey(flight.leave(passenger));
        obey(flight.leave(passenger));
    }

    private void searched() {
        if (searching == null) {
            return;
        }
        int turn = searching;
        if (random.nextInt(8) == 0) {
            obey(flight.unseated(turn));
        } else if (random.nextInt(4) == 0) {
            obey(flight.found(turn, "{}", Shared.STORE, UNTIL));
        } else {
            obey(flight.missed(turn));
        }
        obey(flight.missed(turn));
    }

    private void reported() {
        if (running == null) {
            return;
        }
        int turn = running;
        obey(flight.began(turn));
        obey(flight.said(turn, "text"));
        if (random.nextInt(3) == 0) {
            obey(flight.answered(turn, "{}", UNTIL));
        } else if (random.nextInt(3) == 0) {
            obey(flight.failed(turn, FlightStateTest.failures().get(random.nextInt(2))));
        }
    }

    /** What runs and searches of before still say. */
    private void stale() {
        int turn = turns - 1 - random.nextInt(3);
        List<List<Order<String>>> answers = List.of(
                flight.found(turn, "{}", Shared.STORE, UNTIL),
                flight.answered(turn, "{}", UNTIL),
                flight.failed(turn, FlightStateTest.failures().get(0)),
                flight.said(turn, "text"));
        if (answers.stream().anyMatch(orders -> !orders.isEmpty())) {
            violations.add("moved by what is over");
        }
    }

    /** The node is lost: its run ends, and who waits joins the next flight of the key. */
    private void lost() {
        if (random.nextInt(10) == 0) {
            flight = new FlightState<>(key -> welcome);
            seated.clear();
            searching = null;
            running = null;
            turns = 0;
            List.copyOf(waiting).forEach(passenger -> obey(flight.join(passenger, ticket(passenger))));
        }
    }

    private void obey(List<Order<String>> orders) {
        for (Order<String> order : orders) {
            if (order instanceof Order.Tell<String> tell) {
                told(tell.passenger(), tell.reply());
            } else if (order instanceof Order.Search<String> search) {
                searching = search.turn();
                turns = search.turn();
            } else if (order instanceof Order.Depart<String> depart) {
                require(running == null, "two runs at a time");
                require(!seated.isEmpty(), "a run that nobody knows of");
                searching = null;
                running = depart.turn();
                turns = depart.turn();
            } else if (order instanceof Order.Abort<String>) {
                require(waiting.isEmpty(), "stopped under passengers");
                aborted++;
            } else if (order instanceof Order.Close<String>) {
                require(waiting.isEmpty(), "closed with passengers");
                seated.clear();
                searching = null;
                running = null;
            }
        }
    }

    private void told(String passenger, FlightReply reply) {
        require(waiting.contains(passenger), "told again: " + passenger);
        if (reply instanceof Said) {
            require(streaming.contains(passenger), "told what it did not want: " + passenger);
        } else if (!(reply instanceof Began) && !(reply instanceof Boarded)) {
            waiting.remove(passenger);
            landed += reply instanceof Landed ? 1 : 0;
        }
    }

    private void require(boolean so, String otherwise) {
        if (!so) {
            violations.add(otherwise);
        }
    }

    private void somebody(java.util.function.Consumer<String> act) {
        if (!waiting.isEmpty()) {
            act.accept(List.copyOf(waiting).get(random.nextInt(waiting.size())));
        }
    }

    private Ticket ticket(String passenger) {
        return FlightStateTest.ticket(passenger, streaming.contains(passenger));
    }
}
