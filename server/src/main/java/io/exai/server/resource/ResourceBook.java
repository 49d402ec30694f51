package io.exai.server.resource;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All resources, and the templates of those that are too many to list. */
public final class ResourceBook {
    private final Map<String, Resource> resources = new TreeMap<>();
    private final List<ResourceTemplate> templates;

    public ResourceBook(List<Resource> resources, List<ResourceTemplate> templates) {
        resources.forEach(resource -> this.resources.put(resource.uri(), resource));
        this.templates = templates.stream()
                .sorted(Comparator.comparing(template -> template.description().address()))
                .toList();
    }

    /** In order of their addresses. */
    public List<Resource> resources() {
        return List.copyOf(resources.values());
    }

    /** In order of their addresses. */
    public List<ResourceTemplate> templates() {
        return templates;
    }

    public Optional<ResourceTemplate> template(String address) {
        return templates.stream()
                .filter(template -> template.description().address().equals(address))
                .findFirst();
    }

    /** Empty when there is no such resource for anybody. */
    public Optional<Reading> read(String uri, String principal) {
        Resource resource = resources.get(uri);
        if (resource != null) {
            Content content = resource.content().apply(principal);
            return Optional.of(
                    new Reading(content.toJson(uri, resource.description().mimeType()), resource.shared()));
        }
        return templates.stream()
                .flatMap(template -> fill(template, uri).stream())
                .findFirst();
    }

    private static Optional<Reading> fill(ResourceTemplate template, String uri) {
        return template.address()
                .match(uri)
                .flatMap(template.content())
                .map(content ->
                        new Reading(content.toJson(uri, template.description().mimeType()), true));
    }
}
