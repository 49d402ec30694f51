package io.exai.protocol.mcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * What a tool call is answered with, whatever the revision.
 *
 * @param content JSON text of the content array
 * @param structured JSON text of the structured content, if any
 * @param error whether the tool failed
 * @param meta entries for {@code _meta}, if any
 * @param redelivered whether this answer may have been sent before
 */
public record CallResult(
        String content,
        @Nullable String structured,
        boolean error,
        @Nullable ObjectNode meta,
        boolean redelivered) {}
