package io.exai.server.flight;

/** The way to flights, wherever in the cluster they are. */
@FunctionalInterface
public interface Flights {
    /** {@code key} is that of the calls that share the flight. */
    void tell(String key, FlightCommand command);
}
