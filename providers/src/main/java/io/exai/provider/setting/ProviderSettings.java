package io.exai.provider.setting;

import java.time.Duration;
import java.util.List;

/** Everything under {@code exai.providers}. */
public record ProviderSettings(
        String defaultModel,
        VendorSettings kimi,
        VendorSettings glm,
        CustomSettings custom,
        SandboxSettings sandbox,
        Duration connectTimeout,
        Duration streamIdleTimeout,
        long maxAnswerSize) {
    /** Range violations, each {@code path.key: value (expected: what)}. */
    public List<String> problems(String path) {
        return List.of();
    }
}
