package io.exai.provider.setting;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything under {@code exai.providers}.
 *
 * @param defaultModel asked when nobody named a model; empty or {@code auto} leaves the choice to the catalogue
 * @param maxAnswerSize in bytes of one response body
 */
public record ProviderSettings(
        String defaultModel,
        VendorSettings kimi,
        VendorSettings glm,
        CustomSettings custom,
        SandboxSettings sandbox,
        Duration connectTimeout,
        Duration streamIdleTimeout,
        long maxAnswerSize) {
    public static final String KIMI = "kimi";
    public static final String GLM = "glm";
    public static final String CUSTOM = "custom";
    public static final String SANDBOX = "sandbox";

    static final String KIMI_HOME = "https://api.moonshot.ai/v1";
    static final String GLM_HOME = "https://api.z.ai/api/paas/v4";

    /** The vendors that are on, in order of preference; the sandbox is not among them. */
    public List<Route> routes() {
        var routes = new ArrayList<Route>();
        if (kimi.on(KIMI_HOME)) {
            routes.add(kimi.route(KIMI, KIMI_HOME));
        }
        if (glm.on(GLM_HOME)) {
            routes.add(glm.route(GLM, GLM_HOME));
        }
        if (custom.on()) {
            routes.add(custom.route());
        }
        return List.copyOf(routes);
    }

    /** Whether the embedded sandbox is needed. */
    public boolean sandboxOn() {
        return switch (sandbox.enabled()) {
            case "on" -> true;
            case "auto" -> routes().isEmpty();
            default -> false;
        };
    }

    /** Names of the providers that are on, in order of preference. */
    public List<String> enabled() {
        var names = new ArrayList<>(routes().stream().map(Route::provider).toList());
        if (sandboxOn()) {
            names.add(SANDBOX);
        }
        return List.copyOf(names);
    }

    /** How many calls of the named provider run and wait. */
    public Gate gate(String provider) {
        return switch (provider) {
            case KIMI -> kimi.gate();
            case GLM -> glm.gate();
            case CUSTOM -> custom.gate();
            case SANDBOX -> sandbox.gate();
            default ->
                throw new IllegalArgumentException("provider: " + provider + " (expected: kimi, glm, custom, sandbox)");
        };
    }

    /** Range violations, each {@code path.key: value (expected: what)}. */
    public List<String> problems(String path) {
        var problems = new Problems(path);
        problems.addAll(kimi.problems(path + ".kimi"));
        problems.addAll(glm.problems(path + ".glm"));
        problems.addAll(custom.problems(path + ".custom"));
        problems.addAll(sandbox.problems(path + ".sandbox"));
        problems.duration("connect-timeout", connectTimeout, Duration.ofMillis(10), Duration.ofMinutes(1));
        problems.duration("stream-idle-timeout", streamIdleTimeout, Duration.ofMillis(10), Duration.ofHours(1));
        problems.whole("max-answer-size", maxAnswerSize, 1024, 1L << 30);
        problems.someProvider(enabled());
        return problems.list();
    }
}
