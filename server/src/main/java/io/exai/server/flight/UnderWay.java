package io.exai.server.flight;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The flights of one tower that are not over: one for a key at a time. Each has a turn that no other flight of the tower has
 * or had, so that what is said of an earlier one finds nobody.
 *
 * @param <P> who travels
 */
final class UnderWay<P> {
    private final Map<String, FlightState<P>> byKey = new HashMap<>();
    private final Map<Integer, FlightState<P>> byTurn = new HashMap<>();
    private final BiFunction<String, Integer, FlightReply> welcome;
    private int turns;

    UnderWay(BiFunction<String, Integer, FlightReply> welcome) {
        this.welcome = welcome;
    }

    /**
     * The flight for a passenger that joins, a new one if need be. Empty for one that joins again and is not aboard: an
     * earlier join of it may have had its run, so nothing starts before the passenger knows that.
     */
    Optional<FlightState<P>> forPassenger(String key, P passenger, boolean again) {
        FlightState<P> flight = byKey.get(key);
        if (again) {
            return Optional.ofNullable(flight).filter(under -> under.carries(passenger));
        }
        return Optional.of(flight == null ? open(key) : flight);
    }

    private FlightState<P> open(String key) {
        FlightState<P> flight = new FlightState<>(key, ++turns, welcome);
        byKey.put(key, flight);
        byTurn.put(flight.turn(), flight);
        return flight;
    }

    @Nullable
    FlightState<P> of(String key) {
        return byKey.get(key);
    }

    /** Null when that flight is over. */
    @Nullable
    FlightState<P> at(int turn) {
        return byTurn.get(turn);
    }

    void close(FlightState<P> flight) {
        byTurn.remove(flight.turn());
        byKey.remove(flight.key(), flight);
    }

    boolean isEmpty() {
        return byKey.isEmpty();
    }

    /** All of them as of now. */
    List<FlightState<P>> all() {
        return List.copyOf(byKey.values());
    }
}
