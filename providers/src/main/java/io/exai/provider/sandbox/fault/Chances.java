package io.exai.provider.sandbox.fault;

import io.exai.provider.setting.SandboxSettings;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Decides by the settings' shares which requests go wrong; the same seed decides the same, in order of arrival. */
public final class Chances {
    private static final Fault STALL = new Fault.Stall(1);
    private static final Fault BREAK = new Fault.Break(1);
    private static final Fault ERROR = new Fault.Status(500, null, null);

    private final SandboxSettings settings;
    private final Random random;
    private final Fault rateLimit;
    private final boolean none;

    public Chances(SandboxSettings settings) {
        this.settings = settings;
        this.random = new Random(settings.seed());
        this.none = settings.errorRate() + settings.rateLimitRate() + settings.stallRate() + settings.breakRate() == 0;
        long seconds = settings.retryAfter().plusNanos(999_999_999).toSeconds();
        this.rateLimit = new Fault.Status(429, Long.toString(seconds), null);
    }

    /** Null for a good answer. */
    public @Nullable Fault next() {
        return none ? null : draw();
    }

    private synchronized @Nullable Fault draw() {
        double drawn = random.nextDouble();
        double share = settings.errorRate();
        if (drawn < share) {
            return ERROR;
        }
        if (drawn < (share += settings.rateLimitRate())) {
            return rateLimit;
        }
        if (drawn < (share += settings.stallRate())) {
            return STALL;
        }
        return drawn < share + settings.breakRate() ? BREAK : null;
    }
}
