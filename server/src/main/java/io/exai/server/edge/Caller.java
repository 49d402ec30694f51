package io.exai.server.edge;

/**
 * Who is at the other end of a connection.
 *
 * @param principal empty for a client that is yet to show its token
 * @param connection random name of this connection
 * @param sessionId the session it begins, or comes back to
 * @param resuming whether the upgrade request named that session
 */
record Caller(String principal, String connection, String sessionId, boolean resuming) {
    boolean isKnown() {
        return !principal.isEmpty();
    }
}
