package io.exai.server.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What a read of a resource gave.
 *
 * @param contents one of the contents of {@code resources/read}
 * @param shared whether everybody reads the same
 */
public record Reading(ObjectNode contents, boolean shared) {}
