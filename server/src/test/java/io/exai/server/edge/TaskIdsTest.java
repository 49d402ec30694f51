package io.exai.server.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.exai.server.session.SessionKey;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Task ids lead to the session that owns the task, and cannot be guessed. */
class TaskIdsTest {
    @Test
    void leadsToTheKeyOfItsSession() {
        String session = SessionIds.next();

        assertThat(TaskIds.owner(TaskIds.next(session))).hasValue(SessionKey.of(session));
        assertThat(TaskIds.owner(TaskIds.next("stateless 7 alice"))).hasValue(SessionKey.of("stateless 7 alice"));
    }

    @Test
    void givesNoIdTwiceAndNeverTheSessionsOwn() {
        String session = SessionIds.next();
        Set<String> given = new HashSet<>();
        for (int task = 0; task < 1_000; task++) {
            String id = TaskIds.next(session);
            assertThat(given.add(id)).isTrue();
            assertThat(id).doesNotContain(session);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "task-1",
                "0123456789012345678901.",
                "0123456789012345678901.012345678901234567890",
                "0123456789012345678901.0123456789012345678901.",
                "012345678901234567890!.0123456789012345678901",
                "0123456789012345678901.0123456789012345678901\n"
            })
    void belongsToNobodyInAnyOtherForm(String id) {
        assertThat(TaskIds.owner(id)).isEmpty();
    }
}
