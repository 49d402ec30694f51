package io.exai.server.setting;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The defaults of all modules, and the variables that override them. */
class ReferenceTest {
    private static final Pattern OVERRIDE = Pattern.compile("(?m)^(exai\\.\\S+) = \\$\\{\\?(\\w+)}$");
    /** A dispatcher is Pekko's to explain; an account is explained with its address. */
    private static final Pattern EXPLAINED_TOGETHER = Pattern.compile("exai\\.persistence\\.blocking-dispatcher\\..*");

    /** Explained in the reference, but absent unless somebody sets them. */
    private static final Pattern OPTIONAL = Pattern.compile("exai\\.providers\\.vendor\\.(api-key|base-url)");

    private static final Config REFERENCE = ConfigFactory.parseResources("reference.conf");

    @Test
    void explainsEverySetting() {
        assertThat(leaves("exai", REFERENCE.getObject("exai")))
                .isNotEmpty()
                .filteredOn(leaf -> leaf.getValue().origin().comments().isEmpty())
                .filteredOn(leaf -> !EXPLAINED_TOGETHER.matcher(leaf.getKey()).matches())
                .extracting(Map.Entry::getKey)
                .isEmpty();
    }

    @Test
    void givesEveryVariableASettingToOverride() throws IOException {
        assertThat(overrides())
                .hasSizeGreaterThan(30)
                .extracting(override -> override.group(1).replaceFirst("\\.vendors\\.\\w+\\.", ".vendor."))
                .filteredOn(key -> !OPTIONAL.matcher(key).matches())
                .allSatisfy(
                        key -> assertThat(REFERENCE.hasPathOrNull(key)).as(key).isTrue());
    }

    @Test
    void letsEveryVariableOverrideItsSetting() throws IOException {
        assertThat(overrides()).allSatisfy(override -> {
            Config tree = Settings.tree(null, ConfigFactory.parseMap(Map.of(override.group(2), "given")));
            assertThat(tree.getString(override.group(1))).isEqualTo("given");
        });
    }

    private static List<MatchResult> overrides() throws IOException {
        try (InputStream in = ReferenceTest.class.getResourceAsStream("/environment.conf")) {
            String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            assertThat(text.lines().filter(line -> line.contains("=")))
                    .hasSameSizeAs(OVERRIDE.matcher(text).results().toList());
            return OVERRIDE.matcher(text).results().toList();
        }
    }

    private static List<Map.Entry<String, ConfigValue>> leaves(String path, ConfigObject section) {
        return section.entrySet().stream()
                .flatMap(entry -> {
                    String key =
                            path + "." + ConfigUtil.quoteString(entry.getKey()).replace("\"", "");
                    return entry.getValue() instanceof ConfigObject inner && !inner.isEmpty()
                            ? leaves(key, inner).stream()
                            : Stream.of(Map.entry(key, entry.getValue()));
                })
                .toList();
    }
}
