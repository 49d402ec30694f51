package io.exai.server.tool;

/** Whether calls of a tool may be tasks, as {@code execution.taskSupport} of 2025-11-25 names it. */
public enum TaskUse {
    FORBIDDEN,
    OPTIONAL,
    REQUIRED;

    /** The name on the wire. */
    public String wireName() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
