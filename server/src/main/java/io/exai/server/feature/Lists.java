package io.exai.server.feature;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.mcp.Era;
import io.exai.protocol.mcp.Revision;
import io.exai.protocol.mcp.ToolDescription;
import io.exai.server.prompt.Prompt;
import io.exai.server.resource.Resource;
import io.exai.server.resource.ResourceTemplate;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/** The four lists, page by page, in order of names or addresses. */
final class Lists {
    /** How long a client may keep a list, in milliseconds; a change is announced before. */
    private static final int TTL_MS = 60_000;

    private static final Kind<ToolDescription> TOOLS =
            new Kind<>("tools", ToolDescription::name, ToolDescription::toJson);
    private static final Kind<Prompt> PROMPTS = new Kind<>("prompts", Prompt::name, Prompt::toJson);
    private static final Kind<Resource> RESOURCES = new Kind<>("resources", Resource::uri, Resource::toJson);
    private static final Kind<ResourceTemplate> TEMPLATES =
            new Kind<>("resourceTemplates", template -> template.description().address(), ResourceTemplate::toJson);

    private final FeatureParts parts;

    /** What is listed: its name in the result, the order of its items, and how a revision shows one. */
    private record Kind<T>(String name, Function<T, String> key, BiFunction<T, Revision, ObjectNode> shown) {}

    Lists(FeatureParts parts) {
        this.parts = parts;
    }

    ObjectNode tools(ObjectNode params, Asker asker) throws Refusal {
        return page(TOOLS, parts.toolbox().descriptions(), params, asker);
    }

    ObjectNode prompts(ObjectNode params, Asker asker) throws Refusal {
        return page(PROMPTS, parts.prompts().all(), params, asker);
    }

    ObjectNode resources(ObjectNode params, Asker asker) throws Refusal {
        return page(RESOURCES, parts.resources().resources(), params, asker);
    }

    ObjectNode templates(ObjectNode params, Asker asker) throws Refusal {
        return page(TEMPLATES, parts.resources().templates(), params, asker);
    }

    private <T> ObjectNode page(Kind<T> kind, List<T> items, ObjectNode params, Asker asker) throws Refusal {
        List<Map.Entry<String, ObjectNode>> entries = items.stream()
                .map(item -> Map.entry(kind.key().apply(item), kind.shown().apply(item, asker.revision())))
                .toList();
        ObjectNode page = new Page(kind.name(), parts.pageSize()).of(entries, params.path("cursor"));
        if (asker.revision().era() == Era.MODERN) {
            page.put("ttlMs", TTL_MS).put("cacheScope", "public");
        }
        return page;
    }
}
