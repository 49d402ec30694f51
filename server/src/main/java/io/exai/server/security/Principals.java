package io.exai.server.security;

import io.exai.server.setting.SecuritySettings;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Tells who is calling by the bearer token; compares in constant time and never shows a token. */
public final class Principals {
    /** Everybody, when no token is configured. */
    public static final String LOCAL = "local";

    private static final String SCHEME = "bearer ";

    private final List<Known> known = new CopyOnWriteArrayList<>();

    /** A principal and the digest of its token. */
    private record Known(String principal, byte[] digest) {
        boolean isSame(Known other) {
            return principal.equals(other.principal) && MessageDigest.isEqual(digest, other.digest);
        }
    }

    public Principals(SecuritySettings settings) {
        if (!settings.token().isEmpty()) {
            known.add(new Known("default", digest(settings.token())));
        }
        settings.tokens().forEach((principal, token) -> known.add(new Known(principal, digest(token))));
    }

    /** Empty when a token is required and the header's is absent or unknown. */
    public Optional<String> identify(@Nullable String authorization) {
        if (known.isEmpty()) {
            return Optional.of(LOCAL);
        }
        if (authorization == null || !authorization.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
            return Optional.empty();
        }
        return identifyToken(authorization.substring(SCHEME.length()).strip());
    }

    /** As {@link #identify}, by the token alone. */
    public Optional<String> identifyToken(@Nullable String token) {
        if (known.isEmpty()) {
            return Optional.of(LOCAL);
        }
        byte[] given = digest(token == null ? "" : token);
        Optional<String> found = Optional.empty();
        for (Known one : known) {
            if (MessageDigest.isEqual(one.digest(), given)) {
                found = Optional.of(one.principal());
            }
        }
        return found;
    }

    /** Whether callers must show a token. */
    public boolean isTokenRequired() {
        return !known.isEmpty();
    }

    /**
     * Replaces a principal's token, in this process and until it ends.
     *
     * @return whether it was done; not when {@code old} is not the principal's token, or somebody has the new one
     */
    public synchronized boolean rotate(String principal, String old, String replacement) {
        if (!identifyToken(old).equals(Optional.of(principal))
                || identifyToken(replacement).isPresent()
                || known.isEmpty()) {
            return false;
        }
        Known before = new Known(principal, digest(old));
        known.replaceAll(one -> one.isSame(before) ? new Known(principal, digest(replacement)) : one);
        return true;
    }

    private static byte[] digest(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
