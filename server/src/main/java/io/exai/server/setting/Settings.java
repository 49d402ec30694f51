package io.exai.server.setting;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigUtil;
import io.exai.cluster.ClusterProfile;
import io.exai.persistence.PersistenceSettings;
import io.exai.protocol.frame.Limits;
import io.exai.provider.catalogue.Catalogue;
import io.exai.provider.catalogue.Roster;
import io.exai.provider.setting.ProviderSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can be set, valid as a whole.
 *
 * @param config the tree it was read from, for Pekko's own sections
 */
public record Settings(
        HttpSettings http,
        OpSettings op,
        Limits limit,
        SecuritySettings security,
        SessionSettings session,
        ConversationSettings conversation,
        FlightSettings flight,
        QuotaSettings quota,
        BudgetSettings budget,
        DeadlineSettings deadline,
        ToolSettings tools,
        FeatureSettings features,
        LogSettings log,
        MetricSettings metrics,
        PersistenceSettings persistence,
        ProviderSettings providers,
        ClusterProfile cluster,
        Config config) {
    /** A message between nodes is held in memory as a whole, several times. */
    private static final int LARGEST_CALL_BETWEEN_NODES = 32 << 20;

    private static final String VENDORS = "exai.providers.vendors";
    private static final String ANY_VENDOR = "exai.providers.vendor";

    /**
     * Reads environment over file over defaults.
     *
     * @param file the user's HOCON file, if any
     * @param overrides wins over everything; from the command line
     * @throws InvalidSettings with every problem there is
     */
    public static Settings load(@Nullable Path file, Config overrides) {
        return of(tree(file, overrides));
    }

    /** The tree that settings are read from, unchecked. */
    public static Config tree(@Nullable Path file, Config overrides) {
        try {
            return withDefaults(overrides
                    .withFallback(ConfigFactory.parseResources("environment.conf"))
                    .withFallback(file == null ? ConfigFactory.empty() : parse(file))
                    .withFallback(ConfigFactory.parseResources("daemon.conf"))
                    .withFallback(ConfigFactory.defaultReferenceUnresolved())
                    .resolve());
        } catch (ConfigException unreadable) {
            throw new InvalidSettings(List.of(String.valueOf(unreadable.getMessage())));
        }
    }

    /**
     * Checks a whole tree.
     *
     * @throws InvalidSettings with every problem there is
     */
    public static Settings of(Config config) {
        SettingsBinder binder = new SettingsBinder(config);
        Settings settings = new Settings(
                binder.section("exai.http", HttpSettings.class, HttpSettings::problems),
                binder.section("exai.op", OpSettings.class, OpSettings::problems),
                binder.section("exai.limit", Limits.class, Limits::problems),
                binder.section("exai.security", SecuritySettings.class, SecuritySettings::problems),
                binder.section("exai.session", SessionSettings.class, SessionSettings::problems),
                binder.section("exai.conversation", ConversationSettings.class, ConversationSettings::problems),
                binder.section("exai.flight", FlightSettings.class, FlightSettings::problems),
                binder.section("exai.quota", QuotaSettings.class, QuotaSettings::problems),
                binder.section("exai.budget", BudgetSettings.class, BudgetSettings::problems),
                binder.section("exai.deadline", DeadlineSettings.class, DeadlineSettings::problems),
                binder.section("exai.tools", ToolSettings.class, (tools, path) -> List.of()),
                binder.section("exai.features", FeatureSettings.class, FeatureSettings::problems),
                binder.section("exai.log", LogSettings.class, LogSettings::problems),
                binder.section("exai.metrics", MetricSettings.class, MetricSettings::problems),
                binder.section("exai.persistence", PersistenceSettings.class, PersistenceSettings::problems),
                binder.section("exai.providers", ProviderSettings.class, ProviderSettings::problems),
                binder.section("exai.cluster", ClusterProfile.class, ClusterProfile::problems),
                config);
        if (!binder.problems().isEmpty()) {
            throw new InvalidSettings(binder.problems());
        }
        List<String> misfits = settings.misfits();
        if (!misfits.isEmpty()) {
            throw new InvalidSettings(misfits);
        }
        return settings;
    }

    /** What is not set for a provider is what is set for all. */
    private static Config withDefaults(Config tree) {
        Config whole = tree;
        for (String vendor : tree.getObject(VENDORS).keySet()) {
            String path = VENDORS + "." + ConfigUtil.quoteString(vendor);
            whole = whole.withValue(path, tree.getValue(path).withFallback(tree.getValue(ANY_VENDOR)));
        }
        return whole;
    }

    /** What does not go together, though each part is in range. */
    private List<String> misfits() {
        List<String> misfits = new ArrayList<>();
        if (!cluster.isLocal() && persistence.journal().equals("h2")) {
            misfits.add("exai.persistence.journal: h2 (expected: postgres, which the nodes of a cluster share)");
        }
        if (!cluster.isLocal() && limit.call() > LARGEST_CALL_BETWEEN_NODES) {
            misfits.add("exai.limit.call: " + limit.call() + " (expected: at most " + LARGEST_CALL_BETWEEN_NODES
                    + " in a cluster)");
        }
        misfits.addAll(roster());
        return misfits;
    }

    private List<String> roster() {
        try {
            return Catalogue.problems(Roster.load(providers), providers);
        } catch (IllegalArgumentException malformed) {
            return List.of(String.valueOf(malformed.getMessage()));
        }
    }

    private static Config parse(Path file) {
        if (!Files.isReadable(file)) {
            throw new InvalidSettings(List.of("--config: " + file + " (expected: a readable HOCON file)"));
        }
        return ConfigFactory.parseFile(file.toFile(), ConfigParseOptions.defaults());
    }
}
