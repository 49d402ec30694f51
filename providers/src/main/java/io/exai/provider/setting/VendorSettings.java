package io.exai.provider.setting;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How to call one provider.
 *
 * @param enabled {@code auto}, {@code on} or {@code off}
 * @param baseUrl null or blank for the vendor's own
 * @param models the only ones that may be asked, by name or alias; empty for all
 * @param requestsPerMinute 0 for no limit
 * @param tokensPerMinute 0 for no limit
 */
public record VendorSettings(
        String enabled,
        @Nullable String apiKey,
        @Nullable String baseUrl,
        List<String> models,
        int maxInFlight,
        int maxWaiting,
        Duration maxWait,
        int requestsPerMinute,
        int tokensPerMinute) {
    private static final List<String> SWITCH = List.of("auto", "on", "off");
    private static final int MOST_PER_MINUTE = 1_000_000_000;

    public VendorSettings {
        models = models.stream().filter(name -> !name.isBlank()).toList();
    }

    /** How many calls run and wait. */
    public Gate gate() {
        return new Gate(maxInFlight, maxWaiting, maxWait, requestsPerMinute, tokensPerMinute);
    }

    public boolean hasKey() {
        return Secret.given(apiKey);
    }

    public boolean hasAddress() {
        return baseUrl != null && !baseUrl.isBlank();
    }

    /** Range violations, each {@code path.key: value (expected: what)}. */
    public List<String> problems(String path) {
        var problems = new Problems(path);
        problems.oneOf("enabled", enabled, SWITCH);
        problems.secret("api-key", apiKey);
        problems.address("base-url", baseUrl);
        problems.addAll(gate().problems(path));
        problems.whole("requests-per-minute", requestsPerMinute, 0, MOST_PER_MINUTE);
        problems.whole("tokens-per-minute", tokensPerMinute, 0, MOST_PER_MINUTE);
        return problems.list();
    }

    @Override
    public String toString() {
        return "VendorSettings[enabled=" + enabled + ", apiKey=" + Secret.masked(apiKey) + ", baseUrl=" + baseUrl
                + ", models=" + models + ", " + gate() + ']';
    }
}
