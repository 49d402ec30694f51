package io.exai.protocol.mcp;

/** The two families of revisions: with a handshake and a session, or with everything in each request. */
public enum Era {
    /** Revisions up to 2025-11-25: {@code initialize} opens a session. */
    LEGACY,
    /** From 2026-07-28: each request carries its revision and capabilities in {@code _meta}. */
    MODERN
}
