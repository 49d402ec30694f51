package io.exai.server.resource;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/** All resources, and the templates of those that are too many to list. */
public final class ResourceBook {
    private final Map<String, Resource> resources = new TreeMap<>();
    private final List<ResourceTemplate> templates;
    private final List<LiveTemplate> live;

    public ResourceBook(List<Resource> resources, List<ResourceTemplate> templates) {
        this(resources, templates, List.of());
    }

    private ResourceBook(List<Resource> resources, List<ResourceTemplate> templates, List<LiveTemplate> live) {
        this.live = live;
        resources.forEach(resource -> this.resources.put(resource.uri(), resource));
        this.templates = Stream.concat(templates.stream(), live.stream().map(LiveTemplate::listed))
                .sorted(Comparator.comparing(template -> template.description().address()))
                .toList();
    }

    /** The same, and those that must be asked for. */
    public ResourceBook with(List<LiveTemplate> added) {
        return new ResourceBook(resources(), templates, added);
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

    /** As {@link #read}, of what is not known here: completes when who knows it has answered. */
    public Optional<CompletionStage<Optional<Reading>>> ask(String uri, String principal) {
        return live.stream()
                .flatMap(template -> template.ask(uri, principal).stream())
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
