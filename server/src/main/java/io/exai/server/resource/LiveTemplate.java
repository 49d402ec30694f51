package io.exai.server.resource;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;

/**
 * Resources that one owner each, somewhere in the cluster, must be asked for; never shared.
 *
 * @param content by name and by the principal that reads; empty when there is none for that principal
 */
public record LiveTemplate(
        ResourceDescription description, BiFunction<String, String, CompletionStage<Optional<Content>>> content) {
    Optional<CompletionStage<Optional<Reading>>> ask(String uri, String principal) {
        return UriTemplate.parse(description.address())
                .match(uri)
                .map(name -> content.apply(name, principal)
                        .thenApply(found ->
                                found.map(text -> new Reading(text.toJson(uri, description.mimeType()), false))));
    }

    /** As the list of templates shows it; its names are nobody's to list. */
    ResourceTemplate listed() {
        return ResourceTemplate.of(description, List::of, name -> Optional.empty());
    }
}
