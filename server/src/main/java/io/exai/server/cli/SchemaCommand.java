package io.exai.server.cli;

import io.exai.persistence.PersistenceSettings;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Creates or upgrades the journal's tables, or prints how. */
@Command(name = "schema", description = "Create or upgrade the tables of the journal; the daemon does so too.")
final class SchemaCommand implements Callable<Integer> {
    @Mixin
    private ConfigOptions config;

    @Option(names = "--print", description = "Only print the statements.")
    private boolean print;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Logging.quiet();
        PersistenceSettings settings = config.load().persistence();
        PrintWriter out = spec.commandLine().getOut();
        if (print) {
            out.println(Storage.schema(settings, Clock.systemUTC()).describe());
            return 0;
        }
        Storage.open(settings, Clock.systemUTC()).close();
        out.println("the tables of journal " + settings.journal() + " are up to date");
        return 0;
    }
}
