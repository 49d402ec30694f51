package io.exai.server;

import java.util.Optional;

/** The version of this build, from the jar's manifest. */
public final class Version {
    private Version() {}

    /** {@code development} when not run from the jar. */
    public static String text() {
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("development");
    }
}
