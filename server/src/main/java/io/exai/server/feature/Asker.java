package io.exai.server.feature;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.mcp.Revision;

/**
 * Who asks, in which revision.
 *
 * @param capabilities of the client
 */
public record Asker(Revision revision, ObjectNode capabilities, String principal) {}
