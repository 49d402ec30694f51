package io.exai.provider.breaker;

import io.exai.cluster.ClusterMessage;

/**
 * What the cluster's breaker tells a node.
 *
 * @param openMillis how long it stays open
 * @param probe whether this node may let one call through
 * @param asked whether it answers a node that wanted to
 */
public record Verdict(Phase phase, long openMillis, boolean probe, boolean asked)
        implements Breaker.Signal, ClusterMessage {}
