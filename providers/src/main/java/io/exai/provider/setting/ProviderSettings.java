package io.exai.provider.setting;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Everything under {@code exai.providers}.
 *
 * @param defaultModel asked when nobody named a model; empty or {@code auto} leaves the choice to the router
 * @param folder of the user's own data files; blank for none
 * @param allowed names of the only providers that may be on; empty for all
 * @param disabled names of providers that are off
 * @param vendor what a provider gets that the settings do not name
 * @param vendors by name
 * @param maxAnswerSize in bytes of one response body
 */
public record ProviderSettings(
        String defaultModel,
        String folder,
        List<String> allowed,
        List<String> disabled,
        VendorSettings vendor,
        Map<String, VendorSettings> vendors,
        SandboxSettings sandbox,
        RouteSettings route,
        RetrySettings retry,
        BreakerSettings breaker,
        Duration connectTimeout,
        Duration streamIdleTimeout,
        long maxAnswerSize) {
    public static final String SANDBOX = "sandbox";

    public ProviderSettings {
        allowed = allowed.stream().filter(name -> !name.isBlank()).toList();
        disabled = disabled.stream().filter(name -> !name.isBlank()).toList();
        vendors = Map.copyOf(vendors);
    }

    /** What is set for the named provider, or for all that are not named. */
    public VendorSettings vendor(String name) {
        return vendors.getOrDefault(name, vendor);
    }

    /** How many calls of the named provider run and wait. */
    public Gate gate(String name) {
        return name.equals(SANDBOX) ? sandbox.gate() : vendor(name).gate();
    }

    /** Every provider that the settings name, with the place where they do. */
    public List<String> names() {
        var names = new TreeSet<>(vendors.keySet());
        names.addAll(allowed);
        names.addAll(disabled);
        return List.copyOf(names);
    }

    /** Range violations, each {@code path.key: value (expected: what)}. */
    public List<String> problems(String path) {
        var problems = new Problems(path);
        problems.addAll(vendor.problems(path + ".vendor"));
        for (String name : new TreeSet<>(vendors.keySet())) {
            problems.addAll(vendor(name).problems(path + ".vendors." + name));
        }
        problems.addAll(sandbox.problems(path + ".sandbox"));
        problems.addAll(route.problems(path + ".route"));
        problems.addAll(retry.problems(path + ".retry"));
        problems.addAll(breaker.problems(path + ".breaker"));
        problems.duration("connect-timeout", connectTimeout, Duration.ofMillis(10), Duration.ofMinutes(1));
        problems.duration("stream-idle-timeout", streamIdleTimeout, Duration.ofMillis(10), Duration.ofHours(1));
        problems.whole("max-answer-size", maxAnswerSize, 1024, 1L << 30);
        return new ArrayList<>(problems.list());
    }
}
