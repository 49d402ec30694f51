package io.exai.server.cli;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.exai.server.setting.Settings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a command takes its settings from: options over environment over file over defaults. */
final class ConfigOptions {
    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "HOCON file with settings (default: the value of EXAI_CONFIG).")
    private @Nullable Path file;

    @Option(
            names = {"-D"},
            paramLabel = "KEY=VALUE",
            description = "One setting, such as -D exai.http.port=8080. May be repeated.")
    private Map<String, String> settings = new HashMap<>();

    Settings load() {
        return Settings.of(tree());
    }

    /** Gives a setting the value of an option of its own, if the option is there. */
    ConfigOptions with(String key, @Nullable Object value) {
        if (value != null) {
            settings.put(key, value.toString());
        }
        return this;
    }

    Config tree() {
        String named = System.getenv("EXAI_CONFIG");
        Path chosen = file == null && named != null && !named.isEmpty() ? Path.of(named) : file;
        return Settings.tree(chosen, overrides());
    }

    private Config overrides() {
        return ConfigFactory.parseMap(settings, "command line");
    }
}
