package io.exai.server.cli;

import io.exai.provider.catalogue.Dialect;
import io.exai.provider.file.GlmSearch;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Searches the web. */
@Command(name = "search", description = "Search the web by a vendor's own search, without a model (GLM).")
final class SearchCommand implements Callable<Integer> {
    @Mixin
    private ConfigOptions config;

    @Parameters(paramLabel = "QUERY", description = "What to search for, up to 70 characters.")
    private String query = "";

    @Option(names = "--count", description = "Pages wanted, 1 to 50 (default: ${DEFAULT-VALUE}).", defaultValue = "10")
    private int count;

    @Option(
            names = "--provider",
            description = "Provider that is asked (default: ${DEFAULT-VALUE}).",
            defaultValue = "glm")
    private String provider = "glm";

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Logging.quiet();
        try (VendorLine line = VendorLine.open(spec, config.load(), provider, List.of(Dialect.GLM))) {
            return line.report(new GlmSearch(line.calls()).find(query, count), this::print);
        }
    }

    private void print(List<GlmSearch.Page> pages) {
        PrintWriter out = spec.commandLine().getOut();
        if (pages.isEmpty()) {
            out.println("no pages were found");
        }
        for (GlmSearch.Page page : pages) {
            out.println(page.title());
            out.println("  " + page.link() + (page.publishedOn().isBlank() ? "" : ", " + page.publishedOn()));
            page.content().lines().forEach(text -> out.println("  " + text));
            out.println();
        }
    }
}
