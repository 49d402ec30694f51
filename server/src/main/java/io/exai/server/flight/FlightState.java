package io.exai.server.flight;

import io.exai.server.flight.FlightReply.Began;
import io.exai.server.flight.FlightReply.Landed;
import io.exai.server.flight.FlightReply.Said;
import io.exai.server.flight.FlightReply.Unable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Who travels and how far the flight is. Told what happens, it says what to do: every passenger is answered once, at most
 * one run goes on at a time, none for nobody, and none that nobody would miss.
 *
 * @param <P> who travels
 */
final class FlightState<P> {
    private enum Phase {
        IDLE,
        SEARCHING,
        FLYING
    }

    private final Map<P, Ticket> aboard = new LinkedHashMap<>();
    private final StringBuilder said = new StringBuilder();
    private final Function<String, FlightReply> welcome;
    private Phase phase = Phase.IDLE;
    private int turn;
    private boolean missed;
    private boolean seated;
    private boolean begun;
    private @Nullable P pilot;
    private @Nullable Ticket first;

    /** {@code welcome} is what a passenger is told when it joins, given the key that the provider is asked under. */
    FlightState(Function<String, FlightReply> welcome) {
        this.welcome = welcome;
    }

    /** Name of the tool that is called; empty while nobody travels. */
    String tool() {
        return first == null ? "" : first.tool();
    }

    boolean isIdle() {
        return phase == Phase.IDLE;
    }

    /** Somebody wants the answer, perhaps again: who is aboard already is only told so. */
    List<Order<P>> join(P passenger, Ticket ticket) {
        List<Order<P>> orders = new ArrayList<>();
        boolean known = aboard.putIfAbsent(passenger, ticket) != null;
        Ticket leading = first == null ? ticket : first;
        orders.add(new Order.Tell<>(passenger, welcome.apply(leading.callKey())));
        if (phase == Phase.IDLE) {
            phase = Phase.SEARCHING;
            pilot = passenger;
            first = ticket;
            orders.add(new Order.Search<>(++turn));
        } else if (!known) {
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
        if (phase == Phase.IDLE) {
            return close();
        } else if (aboard.remove(passenger) == null || !aboard.isEmpty()) {
            return List.of();
        }
        List<Order<P>> orders = phase == Phase.FLYING ? List.of(new Order.Abort<>(), new Order.Close<>()) : close();
        land();
        return orders;
    }

    /** An answer was kept. */
    List<Order<P>> found(int ofTurn, String answer, Shared where, Instant until) {
        return ofTurn == turn && phase == Phase.SEARCHING
                ? over(passenger -> new Landed(answer, where, until))
                : List.of();
    }

    /** No answer was kept, or none could be read in time. */
    List<Order<P>> missed(int ofTurn) {
        if (ofTurn != turn || phase != Phase.SEARCHING) {
            return List.of();
        }
        missed = true;
        return departure();
    }

    /** That passenger knows this flight: should it be lost now, its call is known to have run perhaps. */
    List<Order<P>> seated(P passenger) {
        if (phase != Phase.SEARCHING || !aboard.containsKey(passenger)) {
            return List.of();
        }
        seated = true;
        return departure();
    }

    private List<Order<P>> departure() {
        if (!missed || !seated || first == null) {
            return List.of();
        }
        phase = Phase.FLYING;
        return List.of(new Order.Depart<>(++turn, first));
    }

    /** Nobody has said so for long: whoever came has gone, or cannot be heard. */
    List<Order<P>> unseated(int ofTurn) {
        return ofTurn == turn && phase == Phase.SEARCHING ? over(passenger -> new Unable()) : List.of();
    }

    /** Who has not been answered yet. */
    Set<P> aboard() {
        return aboard.keySet();
    }

    List<Order<P>> began(int ofTurn) {
        if (isOver(ofTurn) || begun) {
            return List.of();
        }
        begun = true;
        List<Order<P>> orders = new ArrayList<>();
        aboard.forEach((passenger, ticket) -> {
            if (ticket.announced()) {
                orders.add(new Order.Tell<>(passenger, new Began()));
            }
        });
        return orders;
    }

    List<Order<P>> said(int ofTurn, String text) {
        if (isOver(ofTurn)) {
            return List.of();
        }
        said.append(text);
        List<Order<P>> orders = new ArrayList<>();
        aboard.forEach((passenger, ticket) -> {
            if (ticket.streamed()) {
                orders.add(new Order.Tell<>(passenger, new Said(text)));
            }
        });
        return orders;
    }

    /** The run has an answer, which others may use until then. */
    List<Order<P>> answered(int ofTurn, String answer, Instant until) {
        if (isOver(ofTurn)) {
            return List.of();
        }
        List<Order<P>> orders = new ArrayList<>();
        orders.add(new Order.Keep<>(answer, until));
        orders.addAll(over(passenger -> new Landed(answer, passenger.equals(pilot) ? null : Shared.JOINED, until)));
        return orders;
    }

    /** The run has ended without an answer; nothing of that is kept. */
    List<Order<P>> failed(int ofTurn, FlightReply failure) {
        return isOver(ofTurn) ? List.of() : over(passenger -> failure);
    }

    private boolean isOver(int ofTurn) {
        return ofTurn != turn || phase != Phase.FLYING;
    }

    private List<Order<P>> over(Function<P, FlightReply> reply) {
        List<Order<P>> orders = toAll(reply);
        orders.addAll(close());
        land();
        return orders;
    }

    private List<Order<P>> toAll(Function<P, FlightReply> reply) {
        List<Order<P>> orders = new ArrayList<>();
        aboard.keySet().forEach(passenger -> orders.add(new Order.Tell<>(passenger, reply.apply(passenger))));
        return orders;
    }

    private List<Order<P>> close() {
        return List.of(new Order.Close<>());
    }

    private void land() {
        aboard.clear();
        said.setLength(0);
        phase = Phase.IDLE;
        missed = false;
        seated = false;
        begun = false;
        pilot = null;
        first = null;
    }
}
