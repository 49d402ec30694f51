package io.exai.provider.quota;

import io.exai.cluster.ClusterMessage;

/**
 * What the ledger allows one node; the highest number counts.
 *
 * @param incarnation of the ledger
 * @param sequence of the newest report it has from that node
 * @param number rises with every change
 * @param permits the node may use
 * @param confirmed whether that report extends the time in which the node takes new permits
 */
record Lease(String incarnation, long sequence, long number, int permits, boolean confirmed)
        implements ClusterMessage, Share.Signal {}
