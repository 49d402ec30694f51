package io.exai.server.edge;

import io.exai.server.change.Change;
import io.exai.server.session.ToClient;
import org.apache.pekko.actor.typed.ActorRef;

/** One client's conversation over one connection, in one protocol. Called from one thread at a time. */
interface Dialogue {
    /**
     * The dialogue of a new connection. Whoever names a session at the upgrade speaks MCP; whoever has not shown a
     * token yet is to say hello; of all others the first message tells.
     */
    static Dialogue of(EdgeParts parts, OpParts op, Wire wire, Caller caller, ActorRef<ToClient> self) {
        if (!caller.isKnown()) {
            return new OpDialogue(parts, op, wire, caller, self);
        }
        McpDialogue mcp = new McpDialogue(parts, wire, caller, self);
        return caller.resuming()
                ? mcp
                : new UndecidedDialogue(wire, op.settings(), mcp, () -> new OpDialogue(parts, op, wire, caller, self));
    }

    /** The connection is up. */
    void opened();

    /** One message of the client. */
    void received(byte[] utf8);

    /** One message of the session. */
    void heard(ToClient message);

    /** Something that clients may have listed or read is different now. */
    default void heard(Change change) {}

    /** A node is gone, and with it perhaps what was on its way to the session or back. */
    void nodeLost();

    /** The daemon stops. */
    default void draining() {}

    /** Everything up to that sequence has reached the client. */
    void confirmed(long sequence);

    /** Tells the session that the client is there. */
    void touch();

    /** The time that {@link Wire#alarm} was told has passed. */
    default void alarm() {}

    /** The connection is gone. */
    void closed();

    /** Whether more may be read from the connection now. */
    boolean isReady();

    /** Whether anybody waits for an answer. */
    boolean isWaiting();

    /** Who the client is; empty while it has not shown it. */
    String principal();
}
