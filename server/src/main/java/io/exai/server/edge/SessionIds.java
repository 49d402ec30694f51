package io.exai.server.edge;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Session ids: 256 random bits as 43 characters of base64url. Knowing one is half the right to use the session. */
final class SessionIds {
    private static final int BYTES = 32;
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");

    /** On one of ten nodes, one id of a thousand is not near then. */
    private static final int MOST_TRIES = 64;

    private static final SecureRandom RANDOM = new SecureRandom();

    private SessionIds() {}

    static String next() {
        byte[] bits = new byte[BYTES];
        RANDOM.nextBytes(bits);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
    }

    /** For a session that is to begin: near its client, if such an id is found soon. */
    static String next(Predicate<String> near) {
        String id = next();
        for (int tries = 1; tries < MOST_TRIES && !near.test(id); tries++) {
            id = next();
        }
        return id;
    }

    static boolean isWellFormed(String id) {
        return FORM.matcher(id).matches();
    }
}
