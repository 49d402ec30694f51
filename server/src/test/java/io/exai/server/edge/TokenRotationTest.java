package io.exai.server.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.exai.server.security.Principals;
import io.exai.server.setting.SecuritySettings;
import java.util.Map;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a token is replaced, and who hears of it. */
class TokenRotationTest {
    private static final String OLD = "the-token-of-alice";
    private static final String NEW = "the-next-token-of-alice";
    private static final String HERE = "connection-1";
    private static final String OTHER = "the-token-of-bobby";

    private final ActorTestKit kit = ActorTestKit.create();
    private final TestProbe<Object> connection = kit.createTestProbe(Object.class);
    private final Connections connections = new Connections();
    private final Principals principals = new Principals(new SecuritySettings("", Map.of("alice", OLD, "bob", OTHER)));

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    @Test
    void h27_aReplacedTokenDropsTheConnectionsThatCameInWithIt() {
        connections.opened(Adapter.toClassic(connection.ref()));
        assertThat(new TokenRotation(principals, connections, () -> true).rotate("alice", OLD, NEW, HERE))
                .isEmpty();
        assertThat(connection.receiveMessage()).isEqualTo(new Connections.Rotated("alice", HERE));
        assertThat(principals.identifyToken(OLD)).isEmpty();
        assertThat(principals.identifyToken(NEW)).contains("alice");
        assertThat(principals.identify("Bearer " + OTHER)).contains("bob");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-,                  the-next-token-of-alice, true,  missing_params",
                "the-token-of-alice, -,                       true,  missing_params",
                "the-token-of-alice, '',                      true,  missing_params",
                "the-token-of-alice, fifteen-letters,         true,  too_short",
                "the-token-of-bobby, the-next-token-of-alice, true,  unauthorized",
                "the-token-of-alice, the-token-of-bobby,      true,  unauthorized",
                "nonsense,           the-next-token-of-alice, true,  unauthorized",
                "the-token-of-alice, the-next-token-of-alice, false, in_cluster",
            })
    void tellsWhyATokenIsNotReplaced(
            @Nullable String old, @Nullable String replacement, boolean alone, String refusal) {
        TokenRotation rotation = new TokenRotation(principals, connections, () -> alone);
        assertThat(rotation.rotate("alice", old, replacement, HERE)).contains(refusal);
        assertThat(principals.identifyToken(OLD)).contains("alice");
    }

    @Test
    void replacesNothingWhereNothingIsConfigured() {
        Principals open = new Principals(new SecuritySettings("", Map.of()));
        assertThat(new TokenRotation(open, connections, () -> true).rotate(Principals.LOCAL, "", NEW, HERE))
                .contains("not_configured");
        assertThat(open.identify(null)).contains(Principals.LOCAL);
    }
}
