package io.exai.server.feature;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.mcp.Era;
import io.exai.protocol.mcp.Revision;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/** The four lists, page by page, in order of names or addresses. */
final class Lists {
    /** How long a client may keep a list, in milliseconds; a change is announced before. */
    static final int TTL_MS = 60_000;

    private final FeatureParts parts;

    Lists(FeatureParts parts) {
        this.parts = parts;
    }

    ObjectNode tools(ObjectNode params, Asker asker) throws Refusal {
        return page("tools", parts.toolbox().descriptions(), tool -> tool.name(), (t, r) -> t.toJson(r), params, asker);
    }

    ObjectNode prompts(ObjectNode params, Asker asker) throws Refusal {
        return page("prompts", parts.prompts().all(), prompt -> prompt.name(), (p, r) -> p.toJson(r), params, asker);
    }

    ObjectNode resources(ObjectNode params, Asker asker) throws Refusal {
        return page(
                "resources",
                parts.resources().resources(),
                r -> r.uri(),
                (r, revision) -> r.toJson(revision),
                params,
                asker);
    }

    ObjectNode templates(ObjectNode params, Asker asker) throws Refusal {
        return page(
                "resourceTemplates",
                parts.resources().templates(),
                template -> template.description().address(),
                (template, revision) -> template.toJson(revision),
                params,
                asker);
    }

    private <T> ObjectNode page(
            String list,
            List<T> items,
            Function<T, String> key,
            BiFunction<T, Revision, ObjectNode> shown,
            ObjectNode params,
            Asker asker)
            throws Refusal {
        List<Map.Entry<String, ObjectNode>> entries = items.stream()
                .map(item -> Map.entry(key.apply(item), shown.apply(item, asker.revision())))
                .toList();
        ObjectNode page = new Page(list, parts.pageSize()).of(entries, params.path("cursor"));
        if (asker.revision().era() == Era.MODERN) {
            page.put("ttlMs", TTL_MS).put("cacheScope", "public");
        }
        return page;
    }
}
