package io.exai.server.setting;

/**
 * Which tools there are and whom they ask.
 *
 * @param folder with more tools; empty for none but our own
 * @param clientSampling whether a client's own model is asked when no key of another is set
 */
public record ToolSettings(String folder, boolean clientSampling) {}
