package io.exai.server.cli;

import io.exai.server.setting.Settings;
import io.exai.server.spending.advice.Adviser;
import io.exai.server.spending.advice.CataloguePrices;
import io.exai.server.spending.report.AdviceReport;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints what cheaper models would have saved. */
@Command(
        name = "advise",
        description = "Print what cheaper models would have saved, from the calls in the journal's database.",
        footer = {
            "",
            "A cheaper model is one whose context holds the largest call, that can do all that the model used can,",
            "and whose provider is on. How well it would have answered is for you to judge; a higher rank is better.",
            "A daemon with an embedded journal has to be stopped for it; with PostgreSQL it may run."
        })
final class AdviseCommand implements Callable<Integer> {
    @Mixin
    private ConfigOptions config;

    @Option(
            names = "--since",
            paramLabel = "WHEN",
            description =
                    "So many days or hours ago, such as 7d or 12h, or a date such as 2026-01-31; days are those of"
                            + " UTC (default: ${DEFAULT-VALUE}).",
            defaultValue = "30d",
            converter = Since.Reader.class)
    private Since since = now -> now;

    @Option(names = "--json", description = "Print it as JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Logging.quiet();
        Settings settings = config.load();
        Adviser adviser = new Adviser(CataloguePrices.of(settings));
        Instant now = Clock.systemUTC().instant();
        Instant from = since.before(now);
        AdviceReport report = new AdviceReport(
                from, adviser.advise(RecordedCalls.ask(settings.persistence(), store -> store.patterns(from, now))));
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(report.json().toPrettyString());
        } else {
            report.lines().forEach(out::println);
        }
        return 0;
    }
}
