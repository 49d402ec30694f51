package io.exai.server.spending;

import static org.assertj.core.api.Assertions.assertThat;

import io.exai.persistence.usage.UsageEntry;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What waits to be written, in which order, and what goes when there is too much. */
class UnwrittenTest {
    private final Unwritten unwritten = new Unwritten(3);

    @Test
    void keepsItsOrderThroughAFailure() {
        add("a", "b", "c");
        assertThat(ids(unwritten.take(2))).containsExactly("a", "b");
        unwritten.notWritten();
        assertThat(ids(unwritten.take(3))).containsExactly("a", "b", "c");
    }

    @Test
    void knowsAnIdUntilItIsWritten() {
        add("a");
        assertThat(unwritten.add(Calls.of("a", "alice", 1))).isFalse();
        unwritten.take(1);
        assertThat(unwritten.add(Calls.of("a", "alice", 1))).isFalse();
        unwritten.written();
        assertThat(unwritten.isEmpty()).isTrue();
        assertThat(unwritten.add(Calls.of("a", "alice", 1))).isTrue();
    }

    @Test
    void givesUpTheOldestThatNobodyWrites() {
        add("a", "b", "c");
        assertThat(unwritten.surplus()).isNull();
        unwritten.take(1);
        add("d");
        assertThat(unwritten.surplus()).extracting(UsageEntry::id).isEqualTo("b");
        assertThat(unwritten.size()).isEqualTo(3);
        List<UsageEntry> all = new ArrayList<>();
        unwritten.forEach(all::add);
        assertThat(ids(all)).containsExactly("a", "c", "d");
    }

    private void add(String... ids) {
        for (String id : ids) {
            assertThat(unwritten.add(Calls.of(id, "alice", 1))).isTrue();
        }
    }

    private static List<String> ids(List<UsageEntry> entries) {
        return entries.stream().map(UsageEntry::id).toList();
    }
}
