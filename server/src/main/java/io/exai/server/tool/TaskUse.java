package io.exai.server.tool;

/** Whether calls of a tool may be tasks, as {@code execution.taskSupport} of 2025-11-25 names it. */
public enum TaskUse {
    FORBIDDEN,
    OPTIONAL,
    /** In 2026-07-28 only once the client has given its inputs; else as OPTIONAL. */
    AFTER_INPUT,
    REQUIRED;

    /** The name on the wire. */
    public String wireName() {
        return this == AFTER_INPUT ? "optional" : name().toLowerCase(java.util.Locale.ROOT);
    }
}
