package io.exai.provider.setting;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How to call any server that speaks the OpenAI dialect. */
public record CustomSettings(
        @Nullable String apiKey,
        @Nullable String baseUrl,
        String model,
        int maxInFlight,
        int maxWaiting,
        Duration maxWait) {}
