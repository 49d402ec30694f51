package io.exai.provider.setting;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How to call one vendor with well-known models. */
public record VendorSettings(
        @Nullable String apiKey, @Nullable String baseUrl, int maxInFlight, int maxWaiting, Duration maxWait) {

    /** How many calls run and wait. */
    public Gate gate() {
        return new Gate(maxInFlight, maxWaiting, maxWait);
    }

    /** Range violations, each {@code path.key: value (expected: what)}. */
    public List<String> problems(String path) {
        var problems = new Problems(path);
        problems.secret("api-key", apiKey);
        problems.address("base-url", baseUrl);
        problems.addAll(gate().problems(path));
        return problems.list();
    }

    /** On with a key, or when the user named an address other than the vendor's own. */
    boolean on(String home) {
        return Secret.given(apiKey) || !route("", home).baseUrl().equals(home);
    }

    Route route(String provider, String home) {
        return new Route(provider, baseUrl == null || baseUrl.isBlank() ? home : baseUrl, apiKey);
    }

    @Override
    public String toString() {
        return "VendorSettings[apiKey=" + Secret.masked(apiKey) + ", baseUrl=" + baseUrl + ", " + gate() + ']';
    }
}
