/** Permits that hold for the whole cluster: a ledger leases them to nodes, and each node's share of them is fenced. */
@NullMarked
package io.exai.provider.quota;

import org.jspecify.annotations.NullMarked;
