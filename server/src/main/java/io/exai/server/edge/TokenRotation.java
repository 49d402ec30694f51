package io.exai.server.edge;

import io.exai.server.security.Principals;
import io.exai.server.setting.SecuritySettings;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Replaces tokens while the daemon runs. The new token is in this process's memory and nowhere else, so it is not done
 * while other nodes would go on to accept the old one.
 *
 * @param alone whether this node is the only one of its cluster
 */
public record TokenRotation(Principals principals, Connections connections, BooleanSupplier alone) {
    /**
     * Replaces the token of a principal, and closes the connections it opened with the old one.
     *
     * @param by name of the connection that asked; it stays open
     * @return why it was not done, if so
     */
    Optional<String> rotate(String principal, @Nullable String old, @Nullable String replacement, String by) {
        if (old == null || replacement == null || replacement.isEmpty()) {
            return Optional.of("missing_params");
        } else if (!principals.isTokenRequired()) {
            return Optional.of("not_configured");
        } else if (!alone.getAsBoolean()) {
            return Optional.of("in_cluster");
        } else if (replacement.length() < SecuritySettings.SHORTEST_TOKEN) {
            return Optional.of("too_short");
        } else if (!principals.rotate(principal, old, replacement)) {
            return Optional.of("unauthorized");
        }
        connections.rotated(principal, by);
        return Optional.empty();
    }
}
