package io.exai.provider.quota;

import io.exai.cluster.ClusterMessage;

/**
 * What one node tells the ledger of one quota.
 *
 * @param node address and incarnation of the node
 * @param sequence rises with every report of the node; its own monotonic clock, in nanoseconds
 * @param incarnation of the ledger that the node takes leases from; empty before the first
 * @param lease number of the newest lease the node has
 * @param leased permits the node may use
 * @param inUse permits the node uses; more than leased after a lease that took some back
 * @param wanted permits the node could use, at most the limit
 * @param limit of the whole cluster, as this node is set up
 */
record Holding(String node, long sequence, String incarnation, long lease, int leased, int inUse, int wanted, int limit)
        implements ClusterMessage {}
