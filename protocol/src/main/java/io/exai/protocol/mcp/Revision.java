package io.exai.protocol.mcp;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A published revision of MCP that the daemon speaks.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/versioning">MCP versioning</a>
 */
public enum Revision {
    R2024_11_05("2024-11-05", Era.LEGACY),
    R2025_03_26("2025-03-26", Era.LEGACY),
    R2025_06_18("2025-06-18", Era.LEGACY),
    R2025_11_25("2025-11-25", Era.LEGACY),
    R2026_07_28("2026-07-28", Era.MODERN);

    private static final Map<String, Revision> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Revision::wireName, revision -> revision));

    private final String wireName;
    private final Era era;

    Revision(String wireName, Era era) {
        this.wireName = wireName;
        this.era = era;
    }

    public String wireName() {
        return wireName;
    }

    public Era era() {
        return era;
    }

    /** Whether that is the name of a revision without a handshake. */
    public static boolean isModern(String wireName) {
        return of(wireName).filter(revision -> revision.era == Era.MODERN).isPresent();
    }

    public static Optional<Revision> of(String wireName) {
        return Optional.ofNullable(BY_NAME.get(wireName));
    }

    /** What {@code initialize} is answered with: the revision asked for, or else our newest legacy one. */
    public static Revision negotiate(String asked) {
        return of(asked).filter(r -> r.era == Era.LEGACY).orElse(R2025_11_25);
    }

    /** Wire names of the revisions of an era, newest first. */
    public static List<String> names(Era era) {
        return Arrays.stream(values())
                .filter(r -> r.era == era)
                .map(Revision::wireName)
                .sorted(Comparator.reverseOrder())
                .toList();
    }
}
