package io.exai.server.edge;

import io.exai.server.change.Change;
import io.exai.server.session.ToClient;
import org.apache.pekko.actor.ActorRef;

/** What one HTTP response stream is filled with. Called from one thread at a time. */
interface Feed {
    /** The stream is open; {@code self} takes a ToClient, a Change or a Late. */
    void begin(Outlet outlet, ActorRef self);

    /** A session says something. */
    void heard(ToClient message);

    /** Something is different now. */
    void heard(Change change);

    /** Something that took a while is there. */
    void heard(Late late);

    /** The stream is held open still; told now and then. */
    default void alive() {}

    /** A node is gone, and with it perhaps what was on its way to the session or back. */
    default void nodeLost() {}

    /** The daemon stops: whatever the client should know, and the end. */
    void draining();

    /** The stream is over: ended by us, or left by the client. */
    void closed(boolean byClient);

    /** Something to be done in the thread of the stream. */
    record Errand(Runnable work) {}

    /** A message that was being made elsewhere, for what was expected under that name. */
    record Late(String internal, byte[] message) {}

    /** Where a feed's bytes go. */
    interface Outlet {
        void send(byte[] bytes);

        /** Nothing more comes. */
        void end();
    }
}
