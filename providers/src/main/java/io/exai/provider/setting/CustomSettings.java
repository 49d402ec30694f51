package io.exai.provider.setting;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How to call any server that speaks the OpenAI dialect. */
public record CustomSettings(
        @Nullable String apiKey,
        @Nullable String baseUrl,
        String model,
        int maxInFlight,
        int maxWaiting,
        Duration maxWait) {

    /** How many calls run and wait. */
    public Gate gate() {
        return new Gate(maxInFlight, maxWaiting, maxWait);
    }

    /** Range violations, each {@code path.key: value (expected: what)}. */
    public List<String> problems(String path) {
        var problems = new Problems(path);
        problems.secret("api-key", apiKey);
        problems.address("base-url", baseUrl);
        problems.addressForKey("base-url", baseUrl, apiKey);
        problems.present("model", model);
        problems.addAll(gate().problems(path));
        return problems.list();
    }

    /** On when the user named an address; there is none of its own, so a key alone switches nothing on. */
    boolean on() {
        return baseUrl != null && !baseUrl.isBlank();
    }

    Route route() {
        return new Route(ProviderSettings.CUSTOM, baseUrl == null ? "" : baseUrl, apiKey);
    }

    @Override
    public String toString() {
        return "CustomSettings[apiKey=" + Secret.masked(apiKey) + ", baseUrl=" + baseUrl + ", model=" + model + ", "
                + gate() + ']';
    }
}
