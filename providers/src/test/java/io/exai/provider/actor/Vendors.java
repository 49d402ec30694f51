package io.exai.provider.actor;

import io.exai.provider.breaker.Breakers;
import io.exai.provider.breaker.Health;
import io.exai.provider.chat.Upstream;
import io.exai.provider.fixture.Samples;
import io.exai.provider.quota.Shares;
import io.exai.provider.setting.BreakerSettings;
import io.exai.provider.setting.Gate;
import io.exai.provider.setting.RetrySettings;
import java.util.function.Supplier;

/** Vendors for provider actors under test. */
final class Vendors {
    private Vendors() {}

    /** Asked once, and with a breaker that opens after five failures. */
    static Provider.Vendor fake(Gate gate, Shares shares, Supplier<Upstream> upstream) {
        return new Provider.Vendor(
                "fake",
                true,
                gate,
                shares,
                Breakers.own(Samples.BREAKER),
                Samples.ONCE,
                new Health(System::nanoTime),
                upstream);
    }

    static Provider.Vendor fake(
            Gate gate, RetrySettings retry, BreakerSettings breaker, Health health, Supplier<Upstream> upstream) {
        return new Provider.Vendor("fake", true, gate, Shares.whole(), Breakers.own(breaker), retry, health, upstream);
    }
}
