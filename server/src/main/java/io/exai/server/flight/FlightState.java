package io.exai.server.flight;

import io.exai.server.flight.FlightReply.Began;
import io.exai.server.flight.FlightReply.Landed;
import io.exai.server.flight.FlightReply.Lost;
import io.exai.server.flight.FlightReply.Said;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * One execution for all equal calls of the moment: who travels, and how far it is. Told what happens, it says what to do:
 * every passenger is answered once, and there is one run at most, none for nobody.
 *
 * @param <P> who travels
 */
final class FlightState<P> {
    private enum Phase {
        BOARDING,
        SEARCHING,
        FLYING,
        OVER
    }

    private record Seat(Ticket ticket, int attempt) {}

    private final String key;
    private final int turn;
    private final BiFunction<String, Integer, FlightReply> welcome;
    private final Map<P, Seat> aboard = new LinkedHashMap<>();
    private final StringBuilder said = new StringBuilder();
    private Phase phase = Phase.BOARDING;
    private boolean begun;
    private @Nullable P pilot;
    private @Nullable Ticket first;

    /**
     * A flight that nobody has joined yet.
     *
     * @param turn tells it from other flights, also from those of the same key
     * @param welcome what is told who comes aboard, given the key that the provider is asked under and the attempt
     */
    FlightState(String key, int turn, BiFunction<String, Integer, FlightReply> welcome) {
        this.key = key;
        this.turn = turn;
        this.welcome = welcome;
    }

    String key() {
        return key;
    }

    int turn() {
        return turn;
    }

    /** Name of the tool that is called; empty while nobody has joined. */
    String tool() {
        return first == null ? "" : first.tool();
    }

    /** Who has not been answered yet. */
    Set<P> aboard() {
        return Set.copyOf(aboard.keySet());
    }

    boolean carries(P passenger) {
        return aboard.containsKey(passenger);
    }

    /** Somebody wants the answer, perhaps again: who is aboard already is only told so. The first hears nothing yet. */
    List<Order<P>> join(P passenger, Ticket ticket, int attempt) {
        boolean known = aboard.put(passenger, new Seat(ticket, attempt)) != null;
        if (first == null) {
            first = ticket;
            pilot = passenger;
            phase = Phase.SEARCHING;
            return List.of(new Order.Search<>());
        }
        List<Order<P>> orders = new ArrayList<>();
        orders.add(new Order.Tell<>(passenger, welcome.apply(first.callKey(), attempt)));
        if (!known) {
            catchUp(passenger, ticket, orders);
        }
        return orders;
    }

    private void catchUp(P passenger, Ticket ticket, List<Order<P>> orders) {
        if (begun && ticket.announced()) {
            orders.add(new Order.Tell<>(passenger, new Began()));
        }
        if (ticket.streamed() && said.length() > 0) {
            orders.add(new Order.Tell<>(passenger, new Said(said.toString())));
        }
    }

    /** Somebody has gone, for whatever reason; when nobody is left the run stops. */
    List<Order<P>> leave(P passenger) {
        if (aboard.remove(passenger) == null || !aboard.isEmpty()) {
            return List.of();
        }
        boolean flying = phase == Phase.FLYING;
        phase = Phase.OVER;
        return flying ? List.of(new Order.Abort<>(), new Order.Close<>()) : List.of(new Order.Close<>());
    }

    /** An answer was kept. */
    List<Order<P>> found(String answer, Shared where, Instant until) {
        return phase == Phase.SEARCHING ? over((passenger, seat) -> new Landed(answer, where, until)) : List.of();
    }

    /** No answer was kept, or none could be read in time. */
    List<Order<P>> missed() {
        if (phase != Phase.SEARCHING || first == null) {
            return List.of();
        }
        phase = Phase.FLYING;
        return List.of(new Order.Depart<>(first));
    }

    List<Order<P>> began() {
        if (phase != Phase.FLYING || begun) {
            return List.of();
        }
        begun = true;
        List<Order<P>> orders = new ArrayList<>();
        aboard.forEach((passenger, seat) -> {
            if (seat.ticket().announced()) {
                orders.add(new Order.Tell<>(passenger, new Began()));
            }
        });
        return orders;
    }

    List<Order<P>> said(String text) {
        if (phase != Phase.FLYING) {
            return List.of();
        }
        said.append(text);
        List<Order<P>> orders = new ArrayList<>();
        aboard.forEach((passenger, seat) -> {
            if (seat.ticket().streamed()) {
                orders.add(new Order.Tell<>(passenger, new Said(text)));
            }
        });
        return orders;
    }

    /** The run has an answer, which others may use until then. */
    List<Order<P>> answered(String answer, Instant until) {
        if (phase != Phase.FLYING) {
            return List.of();
        }
        List<Order<P>> orders = new ArrayList<>();
        orders.add(new Order.Keep<>(answer, until));
        orders.addAll(
                over((passenger, seat) -> new Landed(answer, passenger.equals(pilot) ? null : Shared.JOINED, until)));
        return orders;
    }

    /** The run has ended without an answer; nothing of that is kept. */
    List<Order<P>> failed(FlightReply failure) {
        return phase == Phase.FLYING ? over((passenger, seat) -> failure) : List.of();
    }

    /** The flight ends before its time: who travels may join another, knowing that this one may have run the call. */
    List<Order<P>> lost() {
        return over((passenger, seat) -> new Lost(seat.attempt()));
    }

    private List<Order<P>> over(BiFunction<P, Seat, FlightReply> reply) {
        List<Order<P>> orders = new ArrayList<>();
        aboard.forEach((passenger, seat) -> orders.add(new Order.Tell<>(passenger, reply.apply(passenger, seat))));
        orders.add(new Order.Close<>());
        aboard.clear();
        phase = Phase.OVER;
        return orders;
    }
}
