package io.exai.server.session;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.persistence.typed.PersistenceId;

/** What holds a session in memory and on disk. */
public interface SessionHost {
    /** Takes the actor out of memory, by Stop, keeping what arrives meanwhile for its next life. */
    void passivate(ActorRef<SessionCommand> session);

    /** Touches the session with that id, wherever it lives, so that it takes up its work. */
    void wake(String id);

    /** Deletes the events and snapshots of a session that has ended. */
    void erase(PersistenceId id);
}
