package io.exai.server.cli;

import io.exai.persistence.usage.Grouping;
import io.exai.server.spending.report.UsageReport;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints what calls cost. */
@Command(
        name = "usage",
        description = "Print what calls cost, from the journal's database.",
        footer = {"", "A daemon with an embedded journal has to be stopped for it; with PostgreSQL it may run."})
final class UsageCommand implements Callable<Integer> {
    @Mixin
    private ConfigOptions config;

    @Option(
            names = "--by",
            paramLabel = "WHAT",
            description = "principal, session, tool, model or day (default: principal).",
            defaultValue = "principal")
    private Grouping by = Grouping.PRINCIPAL;

    @Option(
            names = "--since",
            paramLabel = "WHEN",
            description = Since.DESCRIPTION,
            defaultValue = "7d",
            converter = Since.Reader.class)
    private Since since = now -> now;

    @Mixin
    private Printing printing;

    @Override
    public Integer call() throws Exception {
        Logging.quiet();
        Instant now = Clock.systemUTC().instant();
        Instant from = since.before(now);
        UsageReport report = new UsageReport(
                by, from, now, RecordedCalls.ask(config.load().persistence(), store -> store.totals(by, from, now)));
        printing.print(report::lines, report::json);
        return 0;
    }
}
