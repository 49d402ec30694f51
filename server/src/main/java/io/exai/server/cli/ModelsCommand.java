package io.exai.server.cli;

import io.exai.provider.catalogue.Catalogue;
import io.exai.provider.catalogue.Model;
import io.exai.provider.catalogue.Price;
import io.exai.provider.catalogue.Roster;
import io.exai.provider.setting.ProviderSettings;
import io.exai.server.report.Table;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints the models that can be asked. */
@Command(
        name = "models",
        description = "Print the models that can be asked with these settings, and what they can and cost.",
        footer = {
            "",
            "Prices are US dollars for a million tokens: input, cached input, output. Rank tells quality, speed speed;",
            "higher is better. Models and providers are data: docs/providers.md tells how to add your own."
        })
final class ModelsCommand implements Callable<Integer> {
    @Mixin
    private ConfigOptions config;

    @Option(names = "--all", description = "Also those of providers that are off.")
    private boolean all;

    @Mixin
    private Printing printing;

    @Override
    public Integer call() {
        ProviderSettings settings = config.load().providers();
        List<Model> models = all
                ? Roster.load(settings).known().stream()
                        .flatMap(vendor -> vendor.models().stream())
                        .toList()
                : Catalogue.load(settings).models();
        printing.print(() -> table(models).lines(), () -> Facts.of(models));
        return 0;
    }

    private static Table table(List<Model> models) {
        Table table = new Table(
                3, "model", "provider", "can", "context", "output", "rank", "speed", "input", "cached", "output $");
        for (Model model : models) {
            Price price = model.price();
            table.row(
                    model.name(),
                    model.provider(),
                    String.join(" ", Facts.abilities(model)),
                    String.valueOf(model.contextWindow()),
                    String.valueOf(model.maxOutputTokens()),
                    String.valueOf(model.rank()),
                    String.valueOf(model.speed()),
                    dollars(price.known(), price.input()),
                    dollars(price.known(), price.cached()),
                    dollars(price.known(), price.output()));
        }
        return table;
    }

    private static String dollars(boolean known, double amount) {
        return known ? String.format(Locale.ROOT, "%.2f", amount) : "?";
    }
}
