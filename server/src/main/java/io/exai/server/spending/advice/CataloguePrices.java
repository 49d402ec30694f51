package io.exai.server.spending.advice;

import io.exai.provider.catalogue.Catalogue;
import io.exai.provider.catalogue.Model;
import io.exai.server.setting.Settings;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The price book of the models that can be asked. */
public final class CataloguePrices {
    private CataloguePrices() {}

    /** Of all models of the providers that are on. */
    public static PriceBook of(Settings settings) {
        List<PriceBook.Offer> offers = Catalogue.load(settings.providers()).models().stream()
                .map(CataloguePrices::offer)
                .toList();
        return () -> offers;
    }

    private static PriceBook.Offer offer(Model model) {
        return new PriceBook.Offer(
                model.provider(),
                model.name(),
                model.contextWindow(),
                model.rank(),
                abilities(model),
                model.price().known(),
                nanos(model.price().input()),
                nanos(model.price().cached()),
                nanos(model.price().output()));
    }

    /** A dollar for a million tokens is a thousand billionths for one. */
    private static long nanos(double dollarsPerMillion) {
        return Math.round(dollarsPerMillion * 1_000);
    }

    private static Set<String> abilities(Model model) {
        Set<String> abilities = new HashSet<>();
        if (model.images()) {
            abilities.add("images");
        }
        if (model.tools()) {
            abilities.add("tools");
        }
        if (model.thinking()) {
            abilities.add("thinking");
        }
        if (model.webSearch()) {
            abilities.add("web search");
        }
        return abilities;
    }
}
