package io.exai.server.setting;

/** Where more tools are found; empty for none but our own. */
public record ToolSettings(String folder) {}
