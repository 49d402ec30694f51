package io.exai.server.flight;

import io.exai.server.flight.FlightReply.Began;
import io.exai.server.flight.FlightReply.Boarded;
import io.exai.server.flight.FlightReply.Landed;
import io.exai.server.flight.FlightReply.Lost;
import io.exai.server.flight.FlightReply.Said;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/**
 * A random life of two keys: messages that keep their order and take any time, joins and repeated joins, cancels, and in a
 * storm lost messages, dead nodes, and towers that go with or without a word.
 */
final class FlightHistory {
    private static final Instant UNTIL = Instant.parse("2026-01-01T00:10:00Z");
    private static final int MOST_TRAVELLERS = 6;
    private static final int ONE_IN = 12;

    /** From a traveller to whatever tower there is. */
    private record Up(int attempt, boolean again, boolean gone) {}

    /** What a passenger is without an actor. */
    private static final class Traveller {
        final String name;
        final String key;
        final boolean streaming;
        final Trip trip = new Trip();
        final Deque<Up> up = new ArrayDeque<>();
        final Deque<FlightReply> down = new ArrayDeque<>();
        final Set<Integer> runs = new HashSet<>();
        int answers;
        boolean over;

        Traveller(int number, boolean streaming) {
            this.name = "traveller " + number;
            this.key = "key " + number % 2;
            this.streaming = streaming;
        }
    }

    private final Random random;
    private boolean storm;
    private final Map<String, Traveller> travellers = new LinkedHashMap<>();
    private final Map<Integer, Integer> flying = new HashMap<>();
    private final List<Integer> closed = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();
    private ActorRef<TowerCommand> address = TestInbox.<TowerCommand>create().getRef();
    private UnderWay<String> tower = new UnderWay<>((callKey, attempt) -> new Boarded(callKey, address, attempt));
    private int names;
    private int runs;
    private int landed;
    private int aborted;
    private int repeated;

    private FlightHistory(long seed, boolean storm) {
        this.random = new Random(seed);
        this.storm = storm;
    }

    static FlightHistory stormy(long seed) {
        return new FlightHistory(seed, true);
    }

    static FlightHistory calm(long seed) {
        return new FlightHistory(seed, false);
    }

    void step() {
        switch (random.nextInt(24)) {
            case 0, 1 -> begin();
            case 2, 3, 4, 5, 6, 7 -> deliverUp(any(traveller -> !traveller.up.isEmpty()));
            case 8, 9, 10, 11, 12, 13 -> deliverDown(any(traveller -> !traveller.down.isEmpty()));
            case 14, 15 -> join(any(traveller -> !traveller.over));
            case 16, 17 -> cancel(any(traveller -> !traveller.over));
            case 18, 19 -> searched(anyFlight());
            case 20, 21 -> reported(anyFlight());
            case 22 -> stale();
            default -> strike();
        }
        for (int turn : flying.keySet()) {
            FlightState<String> flight = tower.at(turn);
            require(flight != null && !flight.aboard().isEmpty(), "a run for nobody");
        }
    }

    /** The storm is over, and all gets there: nobody is left without an answer. */
    void end() {
        boolean calm = !storm;
        storm = false;
        for (int round = 0; round < 20; round++) {
            travellers.values().stream().filter(it -> !it.over).forEach(this::join);
            for (Traveller traveller : travellers.values()) {
                while (!traveller.up.isEmpty()) {
                    deliverUp(traveller);
                }
            }
            for (FlightState<String> flight : tower.all()) {
                obey(flight, flight.missed());
                obey(flight, flight.answered("{}", UNTIL));
            }
            for (Traveller traveller : travellers.values()) {
                while (!traveller.down.isEmpty()) {
                    deliverDown(traveller);
                }
            }
        }
        travellers.values().forEach(it -> require(it.over, "never answered: " + it.name));
        require(!calm || tower.isEmpty(), "flights that nobody is on");
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

    int repeated() {
        return repeated;
    }

    private void begin() {
        if (travellers.values().stream().filter(it -> !it.over).count() < MOST_TRAVELLERS) {
            Traveller traveller = new Traveller(++names, random.nextBoolean());
            travellers.put(traveller.name, traveller);
            join(traveller);
        }
    }

    private void join(@Nullable Traveller traveller) {
        if (traveller != null) {
            boolean again = traveller.trip.join();
            traveller.up.add(new Up(traveller.trip.attempt(), again, false));
        }
    }

    private void cancel(@Nullable Traveller traveller) {
        if (traveller != null) {
            traveller.over = true;
            traveller.up.add(new Up(0, false, true));
        }
    }

    private void deliverUp(@Nullable Traveller traveller) {
        if (traveller == null) {
            return;
        }
        Up message = traveller.up.remove();
        if (isUnlucky()) {
            return;
        } else if (message.gone()) {
            leave(traveller);
            return;
        }
        FlightState<String> flight = tower.forPassenger(traveller.key, traveller.name, message.again())
                .orElse(null);
        if (flight == null) {
            traveller.down.add(new Lost(message.attempt()));
            return;
        }
        Ticket ticket = FlightStateTest.ticket(traveller.name, traveller.streaming);
        obey(flight, flight.join(traveller.name, ticket, message.attempt()));
        if (flying.containsKey(flight.turn())) {
            runs(traveller, flying.get(flight.turn()));
        }
    }

    private void leave(Traveller traveller) {
        FlightState<String> flight = tower.of(traveller.key);
        if (flight != null) {
            obey(flight, flight.leave(traveller.name));
        }
    }

    private void deliverDown(@Nullable Traveller traveller) {
        if (traveller == null) {
            return;
        }
        FlightReply reply = traveller.down.remove();
        if (isUnlucky() || traveller.over || reply instanceof Began) {
            return;
        } else if (reply instanceof Boarded boarded) {
            traveller.trip.board(boarded.attempt());
            if (!boarded.tower().equals(address)) {
                lose(traveller, boarded.attempt());
            }
        } else if (reply instanceof Lost lost) {
            lose(traveller, lost.attempt());
        } else if (reply instanceof Said) {
            require(traveller.streaming, "told what it did not want: " + traveller.name);
        } else {
            traveller.over = true;
            landed += reply instanceof Landed ? 1 : 0;
            if (traveller.trip.lost() > 0) {
                traveller.up.add(new Up(0, false, true));
            }
        }
    }

    private void lose(Traveller traveller, int attempt) {
        if (traveller.trip.lose(attempt)) {
            repeated++;
            join(traveller);
        }
    }

    private void searched(@Nullable FlightState<String> flight) {
        if (flight != null) {
            obey(flight, random.nextInt(4) == 0 ? flight.found("{}", Shared.STORE, UNTIL) : flight.missed());
        }
    }

    private void reported(@Nullable FlightState<String> flight) {
        if (flight == null) {
            return;
        }
        obey(flight, flight.began());
        obey(flight, flight.said("text"));
        if (random.nextInt(3) == 0) {
            obey(flight, flight.answered("{}", UNTIL));
        } else if (random.nextInt(3) == 0) {
            obey(flight, flight.failed(FlightStateTest.failures().get(random.nextInt(2))));
        }
    }

    /** What runs and searches of before still say finds nobody. */
    private void stale() {
        if (!closed.isEmpty()) {
            int turn = closed.get(random.nextInt(closed.size()));
            require(tower.at(turn) == null, "moved by what is over");
        }
    }

    private void strike() {
        if (!storm) {
            return;
        }
        Traveller struck = any(traveller -> !traveller.over);
        FlightState<String> flight = anyFlight();
        switch (random.nextInt(6)) {
            case 0 -> towerGone();
            case 1 -> {
                tower.all().forEach(each -> obey(each, each.lost()));
                towerGone();
            }
            case 2, 3 -> {
                if (flight != null) {
                    flying.remove(flight.turn());
                    obey(flight, flight.lost());
                }
            }
            default -> {
                if (struck != null) {
                    struck.over = true;
                    struck.up.clear();
                    leave(struck);
                }
            }
        }
    }

    /** Those who are aboard hear it from their own node. */
    private void towerGone() {
        address = TestInbox.<TowerCommand>create().getRef();
        tower = new UnderWay<>((callKey, attempt) -> new Boarded(callKey, address, attempt));
        flying.clear();
        closed.clear();
        travellers.values().stream()
                .filter(it -> !it.over && it.trip.isAboard())
                .forEach(it -> lose(it, it.trip.attempt()));
    }

    private void obey(FlightState<String> flight, List<Order<String>> orders) {
        for (Order<String> order : orders) {
            if (order instanceof Order.Tell<String> tell) {
                tell(named(tell.passenger()), tell.reply());
            } else if (order instanceof Order.Depart<String>) {
                require(flying.put(flight.turn(), ++runs) == null, "two runs of one flight");
                flight.aboard().forEach(name -> runs(named(name), runs));
            } else if (order instanceof Order.Abort<String>) {
                require(flight.aboard().isEmpty(), "stopped under passengers");
                aborted++;
            } else if (order instanceof Order.Close<String>) {
                require(flight.aboard().isEmpty(), "closed with passengers");
                flying.remove(flight.turn());
                closed.add(flight.turn());
                tower.close(flight);
            }
        }
    }

    private Traveller named(String name) {
        return Objects.requireNonNull(travellers.get(name), name);
    }

    private void tell(Traveller traveller, FlightReply reply) {
        traveller.down.add(reply);
        if (!(reply instanceof Boarded || reply instanceof Began || reply instanceof Said || reply instanceof Lost)) {
            traveller.answers++;
            require(traveller.answers <= traveller.trip.attempt(), "answered twice: " + traveller.name);
        }
    }

    /** The model is asked for this traveller, who knows of each time but the last. */
    private void runs(Traveller traveller, int run) {
        traveller.runs.add(run);
        require(traveller.runs.size() <= traveller.trip.attempt(), "run twice unawares: " + traveller.name);
    }

    private void require(boolean so, String otherwise) {
        if (!so) {
            violations.add(otherwise);
        }
    }

    private boolean isUnlucky() {
        return storm && random.nextInt(ONE_IN) == 0;
    }

    private @Nullable FlightState<String> anyFlight() {
        List<FlightState<String>> all = tower.all();
        return all.isEmpty() ? null : all.get(random.nextInt(all.size()));
    }

    private @Nullable Traveller any(Predicate<Traveller> wanted) {
        travellers.values().removeIf(it -> it.over && it.up.isEmpty() && it.down.isEmpty() && !isCarried(it));
        List<Traveller> some = travellers.values().stream().filter(wanted).toList();
        return some.isEmpty() ? null : some.get(random.nextInt(some.size()));
    }

    private boolean isCarried(Traveller traveller) {
        FlightState<String> flight = tower.of(traveller.key);
        return flight != null && flight.carries(traveller.name);
    }
}
