package io.exai.server.security;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals what a client carries for us between two rounds of a call (AES-256-GCM, a random nonce each): bound to the
 * principal, the thing called, its arguments and a time, so that it opens nowhere else and not for ever.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/basic/patterns/mrtr">MCP 2026-07-28,
 *     multi-round-trip requests</a>
 */
public final class StateSeal {
    /** Length of the key, in bytes. */
    public static final int KEY_BYTES = 32;

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKey key;
    private final Duration life;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    /** {@code key} is the same on every node; {@code life} is how long a sealed state can be opened. */
    public StateSeal(byte[] key, Duration life, Clock clock) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("key: " + key.length + " bytes (expected: " + KEY_BYTES + ")");
        }
        this.key = new SecretKeySpec(key, "AES");
        this.life = life;
        this.clock = clock;
    }

    public String seal(String principal, String name, String fingerprint, String state) {
        byte[] text = state.getBytes(StandardCharsets.UTF_8);
        ByteBuffer plain = ByteBuffer.allocate(Long.BYTES + text.length);
        plain.putLong(clock.millis() + life.toMillis()).put(text);
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, principal, name, fingerprint)
                    .doFinal(plain.array());
            byte[] all = ByteBuffer.allocate(NONCE_BYTES + sealed.length)
                    .put(nonce)
                    .put(sealed)
                    .array();
            return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Empty when it was not sealed here for the same principal, name and arguments, or is too old. */
    public Optional<String> open(String principal, String name, String fingerprint, String sealed) {
        try {
            byte[] all = Base64.getUrlDecoder().decode(sealed);
            if (all.length < NONCE_BYTES + TAG_BITS / 8 + Long.BYTES) {
                return Optional.empty();
            }
            byte[] nonce = java.util.Arrays.copyOf(all, NONCE_BYTES);
            ByteBuffer plain = ByteBuffer.wrap(cipher(Cipher.DECRYPT_MODE, nonce, principal, name, fingerprint)
                    .doFinal(all, NONCE_BYTES, all.length - NONCE_BYTES));
            boolean late = plain.getLong() < clock.millis();
            return late
                    ? Optional.empty()
                    : Optional.of(StandardCharsets.UTF_8.decode(plain).toString());
        } catch (AEADBadTagException | IllegalArgumentException forged) {
            return Optional.empty();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String... bound) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        for (String each : bound) {
            byte[] text = each.getBytes(StandardCharsets.UTF_8);
            cipher.updateAAD(
                    ByteBuffer.allocate(Integer.BYTES).putInt(text.length).array());
            cipher.updateAAD(text);
        }
        return cipher;
    }
}
