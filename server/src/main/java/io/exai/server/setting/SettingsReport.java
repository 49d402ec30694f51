package io.exai.server.setting;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The settings in force, as lines {@code key = value   # origin}; secrets are masked. */
public final class SettingsReport {
    private static final Pattern PASSWORD = Pattern.compile("(?i)([?&;]password=)[^&;\"]*");

    private SettingsReport() {}

    public static List<String> lines(Config config) {
        return config.getConfig("exai").entrySet().stream()
                .sorted(Map.Entry.comparingByKey(Comparator.naturalOrder()))
                .map(entry -> line("exai." + entry.getKey(), entry.getValue()))
                .toList();
    }

    private static String line(String key, ConfigValue value) {
        String shown =
                Secrets.isSecret(key) && !String.valueOf(value.unwrapped()).isEmpty()
                        ? Secrets.MASK
                        : withoutPassword(value.render(ConfigRenderOptions.concise()));
        return key + " = " + shown + "   # " + origin(value);
    }

    /** An address may hold a password, too. */
    private static String withoutPassword(String text) {
        return PASSWORD.matcher(text).replaceAll("$1" + Secrets.MASK);
    }

    private static String origin(ConfigValue value) {
        String origin = value.origin().description();
        if (origin.contains("reference.conf")) {
            return "default";
        }
        return origin.contains("env variables") || origin.contains("environment") ? "environment" : origin;
    }
}
