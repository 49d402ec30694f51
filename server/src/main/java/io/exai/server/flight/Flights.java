package io.exai.server.flight;

/** The way to flights, wherever in the cluster they are. */
@FunctionalInterface
public interface Flights {
    /** Tells the tower of that key; what one passenger tells keeps its order. */
    void tell(String key, TowerCommand command);
}
