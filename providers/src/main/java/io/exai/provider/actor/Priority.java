package io.exai.provider.actor;

/** Who goes first when there are fewer permits than calls. */
public enum Priority {
    HIGH,
    NORMAL,
    /** Nobody is watching. */
    LOW
}
