package io.exai.server.flight;

import io.exai.cluster.ClusterMessage;

/** What a passenger can be told: by its flight, and by its own timers and watches. */
sealed interface PassengerCommand extends ClusterMessage permits FlightReply, Passenger.Sign {}
