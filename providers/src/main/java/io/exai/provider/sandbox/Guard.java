package io.exai.provider.sandbox;

import io.exai.provider.sandbox.wire.Dialect;
import io.exai.provider.sandbox.wire.Pages;
import io.exai.provider.sandbox.wire.Refusal;
import io.exai.provider.setting.SandboxSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.jspecify.annotations.Nullable;

/** Turns away who has no key, no version, or asks too often. */
final class Guard {
    private final String key;
    private final int perMinute;
    private final Map<Dialect, Minute> minutes = new EnumMap<>(Dialect.class);

    Guard(SandboxSettings settings, Clock clock) {
        this.key = settings.apiKey().strip();
        this.perMinute = settings.requestsPerMinute();
        for (Dialect dialect : Dialect.values()) {
            minutes.put(dialect, new Minute(perMinute, clock));
        }
    }

    /** Null for a welcome request. */
    @Nullable
    HttpResponse turnAway(HttpRequest request, Dialect dialect) {
        if (!key.isEmpty() && !hasKey(request, dialect)) {
            return Pages.refusal(dialect, unknown(request, dialect));
        }
        if (dialect == Dialect.ANTHROPIC && header(request, "anthropic-version").isEmpty()) {
            return Pages.refusal(dialect, Refusal.of(400, "anthropic-version: header is required"));
        }
        Minute minute = minutes.get(dialect);
        Duration wait = perMinute == 0 || minute == null ? Duration.ZERO : minute.take();
        if (wait.isZero()) {
            return null;
        }
        Refusal refusal = Refusal.of(429, "Rate limit of " + perMinute + " requests a minute reached");
        return Pages.retryAfter(Pages.refusal(dialect, refusal), wait);
    }

    private boolean hasKey(HttpRequest request, Dialect dialect) {
        boolean bearer = header(request, "Authorization").equals("Bearer " + key);
        boolean named = header(request, "x-api-key").equals(key);
        return switch (dialect) {
            case ANTHROPIC -> named;
            case MINIMAX -> named || bearer;
            default -> bearer;
        };
    }

    private static Refusal unknown(HttpRequest request, Dialect dialect) {
        boolean none = header(request, "Authorization").isEmpty()
                && header(request, "x-api-key").isEmpty();
        String code = none ? "1001" : "1002";
        return switch (dialect) {
            case OPENAI -> Refusal.of(401, none ? "You didn't provide an API key" : "Incorrect API key provided");
            case KIMI -> Refusal.of(401, "Invalid Authentication");
            case GLM ->
                new Refusal(401, none ? "No Authentication in the header" : "Invalid Authentication token", null, code);
            case ANTHROPIC, MINIMAX -> Refusal.of(401, none ? "x-api-key header is required" : "invalid x-api-key");
        };
    }

    private static String header(HttpRequest request, String name) {
        return request.getHeader(name).map(HttpHeader::value).orElse("");
    }
}
