package io.exai.provider.setting;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How to call one vendor with well-known models. */
public record VendorSettings(
        @Nullable String apiKey, @Nullable String baseUrl, int maxInFlight, int maxWaiting, Duration maxWait) {}
