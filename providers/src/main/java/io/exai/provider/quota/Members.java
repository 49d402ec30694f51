package io.exai.provider.quota;

import java.util.Set;

/**
 * The cluster as one node sees it at one moment.
 *
 * @param self this node
 * @param all members of any status that have not been removed
 * @param up members that stay
 * @param leaving members that are about to go but still work
 * @param unreachable members that somebody reports as silent
 */
record Members(String self, Set<String> all, Set<String> up, Set<String> leaving, Set<String> unreachable) {
    Members {
        all = Set.copyOf(all);
        up = Set.copyOf(up);
        leaving = Set.copyOf(leaving);
        unreachable = Set.copyOf(unreachable);
    }

    /** Whether this node belongs to the cluster and reaches more than half of it, itself included. */
    boolean hasMajority() {
        boolean member = up.contains(self) || leaving.contains(self);
        return member && (reachable(up) + reachable(leaving)) * 2 > up.size() + leaving.size();
    }

    private long reachable(Set<String> some) {
        return some.stream()
                .filter(node -> node.equals(self) || !unreachable.contains(node))
                .count();
    }

    boolean isKnown(String node) {
        return all.contains(node);
    }

    /** Whether the node may be given permits. */
    boolean works(String node) {
        return !unreachable.contains(node) && (up.contains(node) || leaving.contains(node));
    }

    /** Whether the node may be given permits beyond what it wants. */
    boolean stays(String node) {
        return works(node) && up.contains(node);
    }
}
