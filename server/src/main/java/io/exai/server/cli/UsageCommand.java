package io.exai.server.cli;

import io.exai.persistence.usage.Grouping;
import io.exai.server.spending.report.UsageReport;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

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
            description =
                    "So many days or hours ago, such as 7d or 12h, or a date such as 2026-01-31; days are those of"
                            + " UTC (default: ${DEFAULT-VALUE}).",
            defaultValue = "7d",
            converter = Since.Reader.class)
    private Since since = now -> now;

    @Option(names = "--json", description = "Print it as JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Logging.quiet();
        Instant now = Clock.systemUTC().instant();
        Instant from = since.before(now);
        UsageReport report = new UsageReport(
                by, from, now, RecordedCalls.ask(config.load().persistence(), store -> store.totals(by, from, now)));
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(report.json().toPrettyString());
        } else {
            report.lines().forEach(out::println);
        }
        return 0;
    }
}
