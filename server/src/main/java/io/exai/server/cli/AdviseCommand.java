package io.exai.server.cli;

import io.exai.server.setting.Settings;
import io.exai.server.spending.advice.Adviser;
import io.exai.server.spending.advice.CataloguePrices;
import io.exai.server.spending.report.AdviceReport;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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
            description = Since.DESCRIPTION,
            defaultValue = "30d",
            converter = Since.Reader.class)
    private Since since = now -> now;

    @Mixin
    private Printing printing;

    @Override
    public Integer call() throws Exception {
        Logging.quiet();
        Settings settings = config.load();
        Adviser adviser = new Adviser(CataloguePrices.of(settings));
        Instant now = Clock.systemUTC().instant();
        Instant from = since.before(now);
        AdviceReport report = new AdviceReport(
                from, adviser.advise(RecordedCalls.ask(settings.persistence(), store -> store.patterns(from, now))));
        printing.print(report::lines, report::json);
        return 0;
    }
}
