package io.exai.protocol.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The eight levels and their order. */
class LogLevelTest {
    @Test
    void reachesItselfAndWhatIsLessUrgent() {
        for (int level = 0; level < LogLevel.ALL.size(); level++) {
            for (int least = 0; least < LogLevel.ALL.size(); least++) {
                assertThat(LogLevel.reaches(LogLevel.ALL.get(level), LogLevel.ALL.get(least)))
                        .as("%s for %s", LogLevel.ALL.get(level), LogLevel.ALL.get(least))
                        .isEqualTo(level >= least);
            }
        }
    }

    @Test
    void knowsTheLevelsOfSyslogOnly() {
        assertThat(LogLevel.ALL).hasSize(8).allMatch(LogLevel::isKnown);
        assertThat(LogLevel.isKnown("INFO")).isFalse();
        assertThat(LogLevel.isKnown("trace")).isFalse();
        assertThat(LogLevel.isKnown("")).isFalse();
    }
}
