package io.exai.server.spending;

import static org.assertj.core.api.Assertions.assertThat;

import io.exai.server.spending.Agenda.Step;
import org.junit.jupiter.api.Test;

/** What comes first, and what waits. */
class AgendaTest {
    private final Agenda agenda = new Agenda(10);

    @Test
    void beginsWithALookAndDoesOneThingAtATime() {
        agenda.writeIsDue();
        assertThat(agenda.next(1, false)).isEqualTo(Step.LOOK);
        assertThat(agenda.next(1, false)).isEqualTo(Step.NOTHING);
        agenda.done();
        assertThat(agenda.next(1, false)).isEqualTo(Step.WRITE);
        agenda.done();
        assertThat(agenda.next(0, false)).isEqualTo(Step.NOTHING);
    }

    @Test
    void doesNotWaitForMoreWhenThereAreMany() {
        looked();
        assertThat(agenda.next(9, false)).isEqualTo(Step.WRITE_SOON);
        assertThat(agenda.next(10, false)).isEqualTo(Step.WRITE);
    }

    @Test
    void neitherLooksNorHurriesDuringAnOutage() {
        looked();
        agenda.lookIsDue();
        assertThat(agenda.next(10, true)).isEqualTo(Step.WRITE_SOON);
        agenda.writeIsDue();
        assertThat(agenda.next(10, true)).isEqualTo(Step.WRITE);
        agenda.done();
        assertThat(agenda.next(0, false)).isEqualTo(Step.LOOK);
    }

    @Test
    void sweepsWhenThereIsNothingElseToDo() {
        looked();
        agenda.sweepIsDue();
        assertThat(agenda.next(10, false)).isEqualTo(Step.WRITE);
        agenda.done();
        assertThat(agenda.next(9, false)).isEqualTo(Step.SWEEP);
    }

    @Test
    void leavesWhenAllIsWritten() {
        agenda.sweepIsDue();
        agenda.leaveIsDue();
        assertThat(agenda.next(2, false)).isEqualTo(Step.WRITE);
        agenda.done();
        assertThat(agenda.next(1, false)).isEqualTo(Step.WRITE);
        assertThat(agenda.next(0, false)).isEqualTo(Step.LEAVE);
    }

    private void looked() {
        assertThat(agenda.next(0, false)).isEqualTo(Step.LOOK);
        agenda.done();
    }
}
