package io.exai.server.edge;

import io.exai.server.session.SessionCommand;
import java.util.concurrent.CompletionStage;

/** The way from a connection to sessions, wherever they live. */
public interface SessionGate {
    void tell(String sessionId, SessionCommand command);

    /** Whether that principal could attach to that session; fails when the session does not answer in time. */
    CompletionStage<Boolean> isKnown(String sessionId, String principal);
}
