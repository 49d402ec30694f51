package io.exai.cluster;

/** Marks a type that travels between nodes, as Jackson CBOR. */
public interface ClusterMessage {}
