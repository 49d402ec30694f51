package io.exai.provider.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one model of a data file. */
record ModelSection(Section section, String provider) {
    private static final Set<String> FIELDS = Set.of(
            "name",
            "aliases",
            "contextWindow",
            "maxOutputTokens",
            "images",
            "tools",
            "thinking",
            "webSearch",
            "temperature",
            "price",
            "rank",
            "speed");
    private static final int MOST_TOKENS = 100_000_000;
    private static final double MOST_DOLLARS = 100_000;

    /** Under that name, or under the one that stands in the file. */
    Model model(@Nullable String name) {
        section.onlyKnown(FIELDS);
        return new Model(
                name == null ? section.text("name") : name,
                provider,
                aliases(),
                section.whole("contextWindow", 256, MOST_TOKENS),
                section.whole("maxOutputTokens", 1, MOST_TOKENS),
                section.section("images", Set.of("count", "bytes"))
                        .map(limits ->
                                new ImageLimits(limits.whole("count", 1, 1000), limits.whole("bytes", 1, 1 << 30)))
                        .orElse(null),
                section.flag("tools", false),
                thinkingTokens() > 0,
                thinkingTokens(),
                section.flag("webSearch", false),
                section.section("temperature", Set.of("least", "most", "standard"))
                        .map(ModelSection::temperature)
                        .orElse(null),
                section.section("price", Set.of("input", "cached", "output"))
                        .map(ModelSection::price)
                        .orElse(Price.UNKNOWN),
                section.whole("rank", 1, 1000, 10),
                section.whole("speed", 1, 1000, 10));
    }

    private int thinkingTokens() {
        return section.section("thinking", Set.of("tokens"))
                .map(thinking -> thinking.whole("tokens", 1, MOST_TOKENS))
                .orElse(0);
    }

    private static Temperature temperature(Section range) {
        double least = range.real("least", 0, 2);
        double most = range.real("most", least, 2);
        return new Temperature(least, most, range.real("standard", least, most));
    }

    private static Price price(Section price) {
        double input = price.real("input", 0, MOST_DOLLARS);
        double cached = price.json().has("cached") ? price.real("cached", 0, MOST_DOLLARS) : input;
        return new Price(input, cached, price.real("output", 0, MOST_DOLLARS));
    }

    private List<String> aliases() {
        JsonNode list = section.json().path("aliases");
        var names = new ArrayList<String>();
        if (list.isMissingNode()) {
            return names;
        }
        for (JsonNode name : list) {
            if (!name.isTextual() || name.textValue().isBlank()) {
                throw section.wrong("aliases", "a list of names");
            }
            names.add(name.textValue());
        }
        if (!list.isArray()) {
            throw section.wrong("aliases", "a list of names");
        }
        return names;
    }
}
