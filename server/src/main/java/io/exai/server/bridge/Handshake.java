package io.exai.server.bridge;

import com.fasterxml.jackson.databind.JsonNode;
import io.exai.protocol.jsonrpc.Incoming;
import io.exai.protocol.jsonrpc.RequestId;
import io.exai.protocol.mcp.Meta;
import io.exai.protocol.mcp.Methods;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The client's introduction, kept so that it can be repeated to a daemon that has forgotten it. */
final class Handshake {
    private static final String INITIALIZED = "notifications/initialized";

    private @Nullable RequestId id;
    private byte @Nullable [] initialize;
    private byte @Nullable [] initialized;
    private boolean accepted;
    private boolean repeating;

    /** One message of the client. */
    void said(Incoming message, byte[] line) {
        if (message instanceof Incoming.Request request && request.method().equals(Methods.INITIALIZE)) {
            id = request.id();
            initialize = line;
            initialized = null;
            accepted = false;
        } else if (message instanceof Incoming.Notification note
                && note.method().equals(INITIALIZED)) {
            initialized = line;
        }
    }

    /** An answer that the client gets; tells the id of the session if it names one. */
    Optional<String> answered(Incoming.Response answer) {
        if (!answer.id().equals(id) || answer.result() == null) {
            return Optional.empty();
        }
        accepted = true;
        JsonNode session = answer.result().path(Meta.FIELD).path(Meta.SESSION_ID);
        return Optional.ofNullable(session.textValue());
    }

    /** What a fresh connection must hear first; nothing when the client has not introduced itself. */
    List<byte[]> repeat() {
        List<byte[]> lines = new ArrayList<>();
        if (accepted && initialize != null) {
            repeating = true;
            lines.add(initialize);
            if (initialized != null) {
                lines.add(initialized);
            }
        }
        return lines;
    }

    /** Whether this answers the repetition, which the client does not know of. */
    boolean swallows(Incoming.Response answer) {
        boolean ours = repeating && answer.id().equals(id);
        repeating &= !ours;
        return ours;
    }
}
