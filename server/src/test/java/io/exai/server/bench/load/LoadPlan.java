package io.exai.server.bench.load;

import java.time.Duration;
import java.util.List;

/**
 * What a generator is to do.
 *
 * @param ports of servers, which get connections in turn
 * @param inFlight calls of one connection at once
 * @param calls stop after so many; 0 for no such end
 * @param echo the server sends back what it gets
 * @param servers process ids whose use of the machine is reported
 */
record LoadPlan(
        List<Integer> ports,
        String path,
        int connections,
        int inFlight,
        Duration warmUp,
        Duration duration,
        long calls,
        String tool,
        String arguments,
        boolean echo,
        List<Long> servers) {}
