package io.exai.provider.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.exai.provider.chat.ProviderFailure.Kind;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ProviderFailureTest {
    @Test
    void callsEverythingRetryableThatMayPass() {
        assertThat(Arrays.stream(Kind.values()).filter(kind -> !kind.retryable()))
                .containsExactly(Kind.UNAUTHORIZED, Kind.INVALID_REQUEST, Kind.BAD_ANSWER);
    }
}
