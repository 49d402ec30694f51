package io.exai.provider.sandbox;

import io.exai.provider.setting.SandboxSettings;
import java.util.Random;

/** Decides which requests go wrong; the same seed decides the same, in order of arrival. */
final class Faults {
    private final SandboxSettings settings;
    private final Random random;
    private final boolean none;

    Faults(SandboxSettings settings) {
        this.settings = settings;
        this.random = new Random(settings.seed());
        this.none = settings.errorRate() + settings.rateLimitRate() + settings.stallRate() + settings.breakRate() == 0;
    }

    synchronized Fault next() {
        if (none) {
            return Fault.NONE;
        }
        double drawn = random.nextDouble();
        double share = settings.errorRate();
        if (drawn < share) {
            return Fault.ERROR;
        }
        if (drawn < (share += settings.rateLimitRate())) {
            return Fault.RATE_LIMIT;
        }
        if (drawn < (share += settings.stallRate())) {
            return Fault.STALL;
        }
        return drawn < share + settings.breakRate() ? Fault.BREAK : Fault.NONE;
    }
}
