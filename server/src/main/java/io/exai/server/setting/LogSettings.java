package io.exai.server.setting;

import java.util.List;

/** What is logged and how: {@code console} for people, {@code json} for machines. */
public record LogSettings(String format, String level) {
    List<String> problems(String path) {
        List<String> problems = new java.util.ArrayList<>();
        if (!List.of("console", "json").contains(format)) {
            problems.add(path + ".format: " + format + " (expected: console or json)");
        }
        if (!List.of("trace", "debug", "info", "warn", "error").contains(level.toLowerCase(java.util.Locale.ROOT))) {
            problems.add(path + ".level: " + level + " (expected: trace, debug, info, warn or error)");
        }
        return problems;
    }
}
