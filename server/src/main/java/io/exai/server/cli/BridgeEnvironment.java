package io.exai.server.cli;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What the options of a bridge are when they are not given; a variable that is empty counts as not set. */
final class BridgeEnvironment implements IDefaultValueProvider {
    private static final Map<String, String> VARIABLES = Map.of(
            "--autostart", "EXAI_WS_AUTOSTART",
            "--data-dir", "EXAI_DATA_DIR",
            "--connect-timeout", "EXAI_WS_CONNECT_TIMEOUT",
            "--max-bytes", "EXAI_WS_MAX_BYTES");

    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
        String name = argument instanceof OptionSpec option ? option.longestName() : "";
        if (name.equals("--url")) {
            return "ws://" + host(value("EXAI_WS_HOST", "127.0.0.1")) + ":" + value("EXAI_WS_PORT", "8079") + "/mcp/ws";
        }
        String variable = VARIABLES.get(name);
        return variable == null || value(variable, "").isEmpty() ? null : value(variable, "");
    }

    /** The value of a variable, or {@code otherwise} when it is not set. */
    static String value(String variable, String otherwise) {
        String value = System.getenv().getOrDefault(variable, "").strip();
        return value.isEmpty() ? otherwise : value;
    }

    private static String host(String host) {
        return host.contains(":") ? "[" + host + "]" : host;
    }
}
