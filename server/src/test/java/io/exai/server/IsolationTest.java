package io.exai.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.BehaviorTestKit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a node sends its clients away, and when it takes new ones again. */
class IsolationTest {
    private final List<Boolean> told = new ArrayList<>();
    private Isolation.Sight sight = new Isolation.Sight(3, 3);
    private final BehaviorTestKit<Isolation.Look> isolation =
            BehaviorTestKit.create(Isolation.create(() -> sight, told::add));

    @ParameterizedTest
    @CsvSource({
        "0, 0, false",
        "1, 1, false",
        "2, 1, false",
        "3, 3, false",
        "3, 2, false",
        "3, 1, true",
        "4, 3, false",
        "4, 2, true",
        "5, 3, false",
        "5, 2, true",
    })
    void isAloneWithoutMoreThanHalfOfThreeOrMore(int members, int reachable, boolean alone) {
        assertThat(new Isolation.Sight(members, reachable).isAlone()).isEqualTo(alone);
    }

    @Test
    void saysSoWhenItIsCertainAndOnlyOnce() {
        sees(1);
        sees(1);
        assertThat(told).isEmpty();
        sees(1);
        sees(1);
        assertThat(told).containsExactly(true);
        sees(2);
        sees(3);
        assertThat(told).containsExactly(true, false);
    }

    @Test
    void takesAPauseOfItsOwnForWhatItIs() {
        sees(1);
        sees(1);
        sees(3);
        sees(1);
        sees(1);
        assertThat(told).isEmpty();
    }

    private void sees(int reachable) {
        sight = new Isolation.Sight(3, reachable);
        isolation.run(new Isolation.Look());
    }
}
