package io.exai.server.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.mcp.Revision;
import java.util.function.Function;

/**
 * One resource.
 *
 * @param shared whether everybody reads the same
 * @param content by the principal that reads
 */
public record Resource(ResourceDescription description, boolean shared, Function<String, Content> content) {
    public String uri() {
        return description.address();
    }

    /** As {@code resources/list} of that revision shows it. */
    public ObjectNode toJson(Revision revision) {
        return description.toJson("uri", revision);
    }
}
