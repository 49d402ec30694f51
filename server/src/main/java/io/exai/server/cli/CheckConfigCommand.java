package io.exai.server.cli;

import io.exai.server.setting.Settings;
import io.exai.server.setting.SettingsReport;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Checks the settings and prints those in force. */
@Command(
        name = "check-config",
        description = "Check the settings and print those in force, with where each comes from; secrets are masked.")
final class CheckConfigCommand implements Callable<Integer> {
    @Mixin
    private ConfigOptions config;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Settings settings = config.load();
        SettingsReport.lines(settings.config())
                .forEach(line -> spec.commandLine().getOut().println(line));
        return 0;
    }
}
