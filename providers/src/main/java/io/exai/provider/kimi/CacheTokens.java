package io.exai.provider.kimi;

import io.exai.provider.chat.ChatMessage;
import io.exai.provider.chat.ChatRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The tokens under which Kimi keeps the beginnings of questions; the least used are forgotten. For any thread. */
final class CacheTokens {
    static final int MOST = 256;
    static final Duration LIFE = Duration.ofSeconds(1800);

    /** So much of a question is its beginning. */
    private static final int MESSAGES = 6;

    private static final int CHARACTERS = 2048;

    private final Clock clock;
    private final Map<String, Kept> tokens = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Kept> eldest) {
            return size() > MOST;
        }
    };

    private record Kept(String token, Instant until) {}

    CacheTokens(Clock clock) {
        this.clock = clock;
    }

    /** The same for questions of one scope that begin alike; empty for a question without a scope. */
    static Optional<String> key(ChatRequest request) {
        String scope = request.abilities().cacheScope();
        if (scope == null) {
            return Optional.empty();
        }
        var beginning = new StringBuilder(request.model()).append('\0').append(scope);
        for (ChatMessage message : request.messages().stream().limit(MESSAGES).toList()) {
            String text = message.text();
            beginning
                    .append('\0')
                    .append(message.role())
                    .append('\0')
                    .append(text, 0, Math.min(text.length(), CHARACTERS));
        }
        return Optional.of(digest(beginning.toString()));
    }

    synchronized Optional<String> find(String key) {
        Kept kept = tokens.get(key);
        if (kept != null && !kept.until().isAfter(clock.instant())) {
            tokens.remove(key);
            return Optional.empty();
        }
        return Optional.ofNullable(kept).map(Kept::token);
    }

    synchronized void keep(String key, String token) {
        tokens.put(key, new Kept(token, clock.instant().plus(LIFE)));
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
