package io.exai.server.bench.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class RemovalTest {
    private static final List<String> LOG = List.of(
            "10:00:00.000 WARN  o.a.p.r.a.Association Association to [pekko://exai@127.0.1.2:1] with UID [1] is "
                    + "irrecoverably failed. Reason: Cluster member removed, previous status [Down]",
            "10:00:05.000 WARN  o.a.p.r.a.Association Association to [pekko://exai@127.0.1.3:1] with UID [1] is "
                    + "irrecoverably failed. Reason: Cluster member removed, previous status [Down]",
            "10:00:07.125 WARN  o.a.p.r.a.Association Association to [pekko://exai@127.0.1.2:1] with UID [2] is "
                    + "irrecoverably failed. Reason: Cluster member removed, previous status [Down]");

    @Test
    void isTheFirstOfThatAddressAfterTheFault() {
        assertThat(Removal.in(LOG, "127.0.1.2:1", at(9, 59, 59, 0))).contains(at(10, 0, 0, 0));
        assertThat(Removal.in(LOG, "127.0.1.2:1", at(10, 0, 0, 0))).contains(at(10, 0, 0, 0));
        assertThat(Removal.in(LOG, "127.0.1.2:1", at(10, 0, 0, 1))).contains(at(10, 0, 7, 125));
    }

    @Test
    void isNotThatOfAnother() {
        assertThat(Removal.in(LOG, "127.0.1.4:1", at(9, 0, 0, 0))).isEmpty();
        assertThat(Removal.in(LOG, "127.0.1.2:1", at(10, 0, 7, 126))).isEmpty();
    }

    @Test
    void findsItAfterMidnight() {
        List<String> log = List.of(LOG.get(0).replace("10:00:00.000", "00:00:02.000"));
        assertThat(Removal.in(log, "127.0.1.2:1", at(23, 59, 58, 0)))
                .contains(at(23, 59, 58, 0).plusSeconds(4));
    }

    private static Instant at(int hour, int minute, int second, int millis) {
        return LocalDateTime.of(2026, 5, 4, hour, minute, second, millis * 1_000_000)
                .atZone(ZoneId.systemDefault())
                .toInstant();
    }
}
