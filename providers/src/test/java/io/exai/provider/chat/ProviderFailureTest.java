package io.exai.provider.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.exai.provider.chat.ProviderFailure.Kind;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ProviderFailureTest {
    @Test
    void callsEverythingRetryableThatMayPass() {
        assertThat(Arrays.stream(Kind.values()).filter(kind -> !kind.retryable()))
                .containsExactly(
                        Kind.UNAUTHORIZED, Kind.NO_BALANCE, Kind.NOT_FOUND, Kind.INVALID_REQUEST, Kind.BAD_ANSWER);
    }

    @Test
    void asksTheSameVendorAgainOnlyForWhatIsRetryable() {
        assertThat(Arrays.stream(Kind.values()).filter(Kind::passing))
                .isNotEmpty()
                .allMatch(Kind::retryable);
    }

    @Test
    void asksNobodyElseWhatNobodyWouldAnswer() {
        assertThat(Arrays.stream(Kind.values()).filter(kind -> !kind.retryableElsewhere()))
                .containsExactly(Kind.INVALID_REQUEST, Kind.REVOKED);
    }

    @Test
    void blamesNoVendorForWhatOthersDid() {
        assertThat(Arrays.stream(Kind.values()).filter(kind -> !kind.unhealthy()))
                .containsExactly(
                        Kind.NOT_FOUND,
                        Kind.INVALID_REQUEST,
                        Kind.RATE_LIMITED,
                        Kind.OVER_CAPACITY,
                        Kind.BREAKER_OPEN,
                        Kind.REVOKED,
                        Kind.INTERNAL);
    }
}
