package io.exai.server.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.mcp.Revision;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Resources whose addresses differ in one name.
 *
 * @param address of all of them
 * @param names those that there are, for who completes; may be empty when they are not known
 * @param content by name; empty when there is none of that name
 */
public record ResourceTemplate(
        UriTemplate address,
        ResourceDescription description,
        Supplier<List<String>> names,
        Function<String, Optional<Content>> content) {
    /** Everybody reads the same. */
    public static ResourceTemplate of(
            ResourceDescription description,
            Supplier<List<String>> names,
            Function<String, Optional<Content>> content) {
        return new ResourceTemplate(UriTemplate.parse(description.address()), description, names, content);
    }

    /** As {@code resources/templates/list} of that revision shows it. */
    public ObjectNode toJson(Revision revision) {
        return description.toJson("uriTemplate", revision);
    }
}
