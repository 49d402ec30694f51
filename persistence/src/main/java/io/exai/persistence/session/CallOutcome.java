package io.exai.persistence.session;

/** How a call ended; the names are on disk. */
public enum CallOutcome {
    ANSWERED,
    FAILED,
    CANCELLED,
    REJECTED
}
