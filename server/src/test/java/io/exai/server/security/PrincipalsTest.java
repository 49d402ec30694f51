package io.exai.server.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.exai.server.setting.SecuritySettings;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is known by which header. */
class PrincipalsTest {
    private static final String TOKEN = "the-shared-token-0";
    private static final String ALICE = "the-token-of-alice";

    private final Principals principals = new Principals(new SecuritySettings(TOKEN, Map.of("alice", ALICE)));

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "Bearer whatever", "Basic eDp5"})
    void letsEverybodyInWhenNoTokenIsConfigured(@org.jspecify.annotations.Nullable String authorization) {
        assertThat(new Principals(new SecuritySettings("", Map.of())).identify(authorization))
                .contains(Principals.LOCAL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer ", "bearer ", "BEARER ", "Bearer   "})
    void knowsAPrincipalByItsTokenWhateverTheCaseOfTheScheme(String scheme) {
        assertThat(principals.identify(scheme + TOKEN)).contains("default");
        assertThat(principals.identify(scheme + ALICE)).contains("alice");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "Bearer",
                "Bearer ",
                "Basic the-shared-token-0",
                "Token the-shared-token-0",
                "Bearerthe-shared-token-0",
                " Bearer the-shared-token-0",
                "the-shared-token-0",
                "Bearer THE-SHARED-TOKEN-0",
                "Bearer the-shared-token-",
                "Bearer the-shared-token-00",
                "Bearer the-shared-token-0 the-token-of-alice",
                "Bearer the-shared-token-0, Bearer x",
            })
    void knowsNobodyByAnythingElse(@org.jspecify.annotations.Nullable String authorization) {
        assertThat(principals.identify(authorization)).isEmpty();
    }

    @Test
    void requiresATokenWhenOnlyNamedPrincipalsAreConfigured() {
        Principals named = new Principals(new SecuritySettings("", Map.of("alice", ALICE)));
        assertThat(named.identify("Bearer " + ALICE)).contains("alice");
        assertThat(named.identify("Bearer " + TOKEN)).isEmpty();
        assertThat(named.identify("Bearer ")).isEmpty();
        assertThat(named.identify(null)).isEmpty();
    }
}
