package io.exai.server.session;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/**
 * The name of a session inside: in the cluster, in the journal, in logs. It follows from the session's id, but not the id
 * from it, so that whoever reads a journal or a log cannot take a session over.
 */
public final class SessionKey {
    private static final int BYTES = 16;

    private SessionKey() {}

    /** 128 bits of the id's SHA-256, as 22 characters of base64url. */
    public static String of(String sessionId) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(sessionId.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, BYTES));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
