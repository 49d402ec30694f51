package io.exai.server.cli;

import io.exai.server.Version;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The root of the command line. */
@Command(
        name = "exai",
        description = "An MCP server whose calls survive: a lost socket, a restart, the loss of a node.",
        synopsisSubcommandLabel = "COMMAND",
        versionProvider = ExaiCommand.VersionLine.class,
        subcommands = {
            ServeCommand.class,
            CallCommand.class,
            ToolsCommand.class,
            ModelsCommand.class,
            RouteCommand.class,
            FilesCommand.class,
            SearchCommand.class,
            SchemaCommand.class,
            CheckConfigCommand.class,
            UsageCommand.class,
            AdviseCommand.class,
            SandboxCommand.class,
            StdioCommand.class,
            VersionCommand.class
        })
public final class ExaiCommand implements Runnable {
    /** Returned instead of an exit status by a command that leaves the process running. */
    public static final int STILL_RUNNING = -1;

    /** Exit status of a configuration that cannot work, as in sysexits.h. */
    public static final int EX_CONFIG = 78;

    @Option(
            names = {"-v", "--verbose"},
            description = "Show stack traces of errors.",
            scope = ScopeType.INHERIT)
    private boolean verbose;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.",
            scope = ScopeType.INHERIT)
    @SuppressWarnings("UnusedVariable") // read by picocli
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version.")
    @SuppressWarnings("UnusedVariable") // read by picocli
    private boolean version;

    @Spec
    private CommandSpec spec;

    /** Runs a command line; returns its exit status. */
    public static int run(String[] args, PrintStream out, PrintStream err) {
        CommandLine line = new CommandLine(new ExaiCommand());
        line.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler(ExaiCommand::misused);
        line.setExecutionExceptionHandler((failure, command, parsed) -> failed(failure, command));
        return line.execute(args);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command");
    }

    private static int misused(ParameterException mistake, String[] args) {
        CommandLine command = mistake.getCommandLine();
        command.getErr()
                .println("exai: " + mistake.getMessage() + " (see: "
                        + command.getCommandSpec().qualifiedName() + " --help)");
        return CommandLine.ExitCode.USAGE;
    }

    private static int failed(Exception failure, CommandLine command) {
        boolean verbose = command.getCommandSpec().root().userObject() instanceof ExaiCommand root && root.verbose;
        Throwable cause = Failures.root(failure);
        if (cause instanceof io.exai.server.setting.InvalidSettings invalid) {
            invalid.problems().forEach(problem -> command.getErr().println(problem));
            return EX_CONFIG;
        }
        command.getErr().println("exai: " + Failures.line(cause));
        if (verbose) {
            failure.printStackTrace(command.getErr());
        }
        return 1;
    }

    /** What {@code --version} prints. */
    static final class VersionLine implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"exai " + Version.text()};
        }
    }
}
