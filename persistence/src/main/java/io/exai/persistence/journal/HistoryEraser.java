package io.exai.persistence.journal;

import org.apache.pekko.actor.Props;
import org.apache.pekko.persistence.AbstractPersistentActor;
import org.apache.pekko.persistence.DeleteMessagesFailure;
import org.apache.pekko.persistence.DeleteMessagesSuccess;
import org.apache.pekko.persistence.DeleteSnapshotsFailure;
import org.apache.pekko.persistence.DeleteSnapshotsSuccess;
import org.apache.pekko.persistence.Recovery;
import org.apache.pekko.persistence.RecoveryCompleted;
import org.apache.pekko.persistence.SnapshotSelectionCriteria;

/** Deletes all events and snapshots of an entity that is over and at rest, then stops; a failure leaves the rest. */
public final class HistoryEraser extends AbstractPersistentActor {
    private final String persistenceId;
    private int pending = 2;

    private HistoryEraser(String persistenceId) {
        this.persistenceId = persistenceId;
    }

    public static Props props(String persistenceId) {
        return Props.create(HistoryEraser.class, () -> new HistoryEraser(persistenceId));
    }

    @Override
    public String persistenceId() {
        return persistenceId;
    }

    @Override
    public Recovery recovery() {
        return Recovery.none();
    }

    @Override
    public Receive createReceiveRecover() {
        return receiveBuilder()
                .match(RecoveryCompleted.class, completed -> {
                    deleteMessages(lastSequenceNr());
                    deleteSnapshots(SnapshotSelectionCriteria.latest());
                })
                .build();
    }

    @Override
    public Receive createReceive() {
        return receiveBuilder()
                .match(DeleteMessagesSuccess.class, done -> step())
                .match(DeleteMessagesFailure.class, failed -> step())
                .match(DeleteSnapshotsSuccess.class, done -> step())
                .match(DeleteSnapshotsFailure.class, failed -> step())
                .build();
    }

    private void step() {
        pending--;
        if (pending == 0) {
            getContext().stop(getSelf());
        }
    }
}
