package io.exai.server.cli;

import io.exai.server.setting.LogSettings;
import java.util.Locale;
import org.slf4j.LoggerFactory;

/** Chooses format and level and makes the first logger; logback.xml reads these properties. */
final class Logging {
    private Logging() {}

    static void configure(LogSettings settings) {
        String level = settings.level().toLowerCase(Locale.ROOT);
        boolean fine = level.equals("debug") || level.equals("trace");
        System.setProperty("exai.log.format", settings.format());
        System.setProperty("exai.log.level", level);
        System.setProperty("exai.log.library-level", fine ? "info" : level.equals("info") ? "warn" : level);
        System.setProperty("slf4j.internal.verbosity", "WARN");
        LoggerFactory.getILoggerFactory();
    }

    /** For commands that print answers, not logs. */
    static void quiet() {
        configure(new LogSettings("console", "error"));
    }
}
